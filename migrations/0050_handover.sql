-- 職務異動移交 (5-4): one row per unit that somebody leaves by one change of posts.
create table personnel_change (
  id uuid primary key,
  number text not null unique,
  person uuid not null references person (id),
  unit uuid not null references unit (id),
  kind text not null,
  -- 生效日, the day the order arrived if that was later, and the moment at which rights end.
  effective_on date not null,
  received_on date,
  at timestamptz(3) not null,
  retroactive boolean not null,
  leaves boolean not null,
  -- Posts that end in this unit, each with its class under 5-4, and posts that begin anywhere.
  ended jsonb not null,
  begun jsonb not null,
  successor uuid references person (id),
  -- Who stated the order's particulars, where the change came without one.
  completed_at timestamptz(3),
  completed_by uuid references person (id),
  state text not null check (state in ('ordered', 'in-force', 'closed')),
  closed_at timestamptz(3),
  recorded_at timestamptz(3) not null,
  version integer not null,
  constraint ck_successor_is_another check (successor is null or successor <> person),
  constraint ck_closed_has_a_time check ((state = 'closed') = (closed_at is not null))
);
create index personnel_change_unit on personnel_change (unit, recorded_at desc);
create index personnel_change_to_begin on personnel_change (at) where state = 'ordered';
create index personnel_change_successor on personnel_change (successor) where state <> 'closed';

-- 知會 (5-4c, 5-4d): each office is told by itself.
create table personnel_notice (
  id uuid primary key,
  change uuid not null references personnel_change (id),
  office text not null check (office in ('it-office', 'ethics-office', 'provider')),
  duty text not null,
  -- To a provider: the letter as recorded by hand.
  letter_number text,
  letter_on date,
  letter_recorded_at timestamptz(3),
  letter_recorded_by uuid references person (id),
  unique (change, office),
  constraint ck_letters_go_to_providers check (letter_number is null or office = 'provider'),
  constraint ck_letter_is_whole check (
    (letter_number is null) = (letter_on is null) and (letter_number is null) = (letter_recorded_at is null)
  )
);

-- 移交清冊: what the person held when the change took effect, item by item.
create table handover_item (
  id uuid primary key,
  change uuid not null references personnel_change (id),
  serial integer not null,
  kind text not null,
  holding text not null,
  label text not null,
  state text not null check (state in ('open', 'refused', 'accepted')),
  reason text,
  decided_by uuid references person (id),
  decided_at timestamptz(3),
  unique (change, serial),
  unique (change, kind, holding),
  constraint ck_decided_by_somebody check ((decided_by is null) = (state = 'open') and (decided_at is null) = (state = 'open')),
  constraint ck_refused_with_reason check (state <> 'refused' or reason <> '')
);

create table personnel_change_sequence (
  roc_year integer primary key,
  last_number integer not null
);
