-- 資料檔案 (5-5, 6-1, 6-2, 6-3)
create table data_project (
  id uuid primary key,
  number text not null unique,
  unit uuid not null references unit (id),
  linkage uuid not null references linkage (id),
  name text not null,
  purpose text not null,
  legal_document text not null,
  custodian uuid references person (id),
  custodian_deputy uuid references person (id),
  custodian_since timestamptz(3),
  version integer not null,
  created_at timestamptz(3) not null
);
create index data_project_unit on data_project (unit);

create table delivery (
  id uuid primary key,
  number text not null unique,
  project uuid not null references data_project (id),
  unit uuid not null references unit (id),
  handler uuid not null references person (id),
  state text not null check (state in ('announced', 'download-requested', 'downloaded', 'registered', 'released', 'compared', 'disputed', 'in-use', 'lapsed', 'closed')),
  -- What the state carries: provider's notice, file, comparison. The shape is `modules/deliveries/model.ts`.
  detail jsonb not null,
  version integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index delivery_unit on delivery (unit, updated_at desc);
create index delivery_state on delivery (state, updated_at desc);
create index delivery_project on delivery (project);

create table delivery_sequence (
  kind text not null,
  roc_year integer not null,
  last_number integer not null,
  primary key (kind, roc_year)
);

-- 登記簿: one book per unit and ROC year, numbers without gaps.
create table register_book (
  unit uuid not null references unit (id),
  roc_year integer not null,
  last_number integer not null,
  primary key (unit, roc_year)
);

create table register_entry (
  id uuid primary key,
  delivery uuid not null references delivery (id),
  unit uuid not null,
  roc_year integer not null,
  serial integer not null,
  number text not null unique,
  -- Columns 1–7 (A-30), the digest the stamps are bound to, and later columns.
  columns jsonb not null,
  digest text not null,
  later jsonb not null,
  voided_at timestamptz(3),
  void_reason text,
  version integer not null,
  created_at timestamptz(3) not null,
  foreign key (unit, roc_year) references register_book (unit, roc_year),
  unique (unit, roc_year, serial)
);
create index register_entry_delivery on register_entry (delivery);
create unique index register_entry_one_standing on register_entry (delivery) where voided_at is null;

-- Every version of a row that ever stood; corrections never overwrite.
create table register_entry_version (
  entry uuid not null references register_entry (id),
  version integer not null,
  columns jsonb not null,
  later jsonb not null,
  digest text not null,
  changed_by uuid not null references person (id),
  changed_at timestamptz(3) not null,
  reason text,
  primary key (entry, version)
);
create trigger register_entry_version_append_only before update or delete or truncate on register_entry_version
  for each statement execute function refuse_change();

create table register_stamp (
  id uuid primary key,
  entry uuid not null references register_entry (id),
  place text not null check (place in ('it', 'responsible', 'closing')),
  person uuid not null references person (id),
  account uuid not null references account (id),
  name text not null,
  title text not null,
  unit_name text not null,
  on_behalf_of text,
  digest text not null,
  noted_on date not null,
  stamped_at timestamptz(3) not null,
  voided_at timestamptz(3),
  void_reason text
);
create index register_stamp_entry on register_stamp (entry);
create unique index register_stamp_one_standing on register_stamp (entry, place) where voided_at is null;

-- 6-2: the two stamps of one row come from two natural persons, whatever the program believes.
create function refuse_same_stamper() returns trigger language plpgsql as $$
begin
  if new.place in ('it', 'responsible') and exists (
    select from register_stamp s
    where s.entry = new.entry and s.voided_at is null and s.id <> new.id
      and s.place in ('it', 'responsible') and s.place <> new.place and s.person = new.person
  ) then
    raise exception 'ck_6_2_two_people: 資訊室承辦人與權責人員不得為同一人';
  end if;
  return new;
end $$;
create trigger register_stamp_two_people before insert on register_stamp
  for each row execute function refuse_same_stamper();

-- Files on their way in: progress that survives a restart.
create table transfer (
  delivery uuid primary key references delivery (id),
  kind text not null check (kind in ('sftp', 'upload')),
  remote_path text,
  -- Which version of the remote file the kept part came from; another one is never appended to it.
  remote_size bigint,
  remote_modified_at bigint,
  upload text not null,
  bytes_done bigint not null,
  bytes_total bigint,
  state text not null check (state in ('running', 'failed', 'finished')),
  failure text,
  started_by uuid not null references person (id),
  started_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
