-- 委外廠商、保密措施 (5-8a): nobody of a vendor works but by an agreement between the using unit and that vendor.
create table vendor (
  id uuid primary key,
  -- 統一編號
  tax_id text not null unique,
  name text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text not null,
  version integer not null,
  created_at timestamptz(3) not null
);
alter table person add constraint person_vendor_is_known foreign key (vendor) references vendor (id) not valid;
create index person_vendor on person (vendor) where vendor is not null;

-- A sub-contractor's (複委託) names the contract it lies under.
create table vendor_contract (
  id uuid primary key,
  vendor uuid not null references vendor (id),
  unit uuid not null references unit (id),
  main uuid references vendor_contract (id),
  number text not null,
  subject text not null,
  from_on date not null,
  to_on date not null,
  version integer not null,
  created_at timestamptz(3) not null,
  constraint ck_contract_period check (to_on >= from_on)
);
create index vendor_contract_unit on vendor_contract (unit);
create index vendor_contract_main on vendor_contract (main);

create table vendor_agreement (
  id uuid primary key,
  contract uuid not null references vendor_contract (id),
  vendor uuid not null references vendor (id),
  unit uuid not null references unit (id),
  roles text[] not null,
  since timestamptz(3) not null,
  until timestamptz(3) not null,
  document_number text not null,
  signed_on date not null,
  scan uuid not null references notice_scan (id),
  sha256 text not null,
  recorded_by uuid not null references person (id),
  recorded_at timestamptz(3) not null,
  confirmed_by uuid references person (id),
  confirmed_at timestamptz(3),
  rejection jsonb,
  -- 展延, each in force once the head confirms it
  extensions jsonb not null,
  -- 提前終止
  ending jsonb,
  -- 返還或刪除切結
  statement jsonb,
  version integer not null,
  constraint ck_5_8_two_people check (confirmed_by <> recorded_by),
  constraint ck_confirmed_by_somebody check ((confirmed_by is null) = (confirmed_at is null)),
  constraint ck_confirmed_or_rejected check (confirmed_by is null or rejection is null)
);
create index vendor_agreement_contract on vendor_agreement (contract);
create index vendor_agreement_unit on vendor_agreement (unit);

-- Whom an agreement lets work, each by a pledge (保密切結書) of their own.
create table vendor_staff (
  agreement uuid not null references vendor_agreement (id),
  person uuid not null references person (id),
  pledged_on date not null,
  pledge_number text not null,
  scan uuid not null references notice_scan (id),
  sha256 text not null,
  added_by uuid not null references person (id),
  added_at timestamptz(3) not null,
  removal jsonb,
  primary key (agreement, person, added_at)
);
create index vendor_staff_person on vendor_staff (person);

-- 定期查核: what was found stands.
create table vendor_check (
  id uuid primary key,
  agreement uuid not null references vendor_agreement (id),
  checked_on date not null,
  result text not null check (result in ('conforms', 'deficient')),
  remarks text not null,
  recorded_by uuid not null references person (id),
  recorded_at timestamptz(3) not null
);
create index vendor_check_agreement on vendor_check (agreement);
create trigger vendor_check_append_only before update or delete or truncate on vendor_check
  for each statement execute function refuse_change();

-- A signed paper proves one thing: neither the scan nor its content is used again, unless what it proved was rejected.
create table vendor_paper (
  scan uuid primary key references notice_scan (id),
  sha256 text not null unique,
  agreement uuid not null references vendor_agreement (id),
  kind text not null check (kind in ('agreement', 'extension', 'pledge', 'statement'))
);
create index vendor_paper_agreement on vendor_paper (agreement);
