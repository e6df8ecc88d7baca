-- 期限 (行政程序法 §48)
create table deadline (
  id uuid primary key,
  duty text not null,
  about_type text not null,
  about_id text not null,
  item_number text not null,
  link text not null,
  event_date date not null,
  -- The legal term and where it comes from, as `modules/deadlines/model.ts` writes it.
  term jsonb not null,
  basis text not null,
  -- The last lawful day, and the un-rolled end on which reminders go out (A-03).
  due date not null,
  safe_due date not null,
  cut_off text,
  calendar text not null,
  provisional boolean not null,
  steps jsonb not null,
  owner_unit uuid not null references unit (id),
  owner_person uuid references person (id),
  state text not null check (state in ('open', 'met', 'void')),
  opened_at timestamptz(3) not null,
  met_at timestamptz(3),
  missed_at timestamptz(3),
  voided_at timestamptz(3),
  void_reason text,
  version integer not null,
  constraint ck_met_has_a_time check ((state = 'met') = (met_at is not null)),
  constraint ck_void_has_a_reason check ((state = 'void') = (voided_at is not null and void_reason <> '')),
  constraint ck_safe_day_is_not_later check (safe_due <= due)
);
create unique index deadline_one_open on deadline (duty, about_type, about_id) where state = 'open';
create index deadline_open on deadline (due) where state = 'open';
create index deadline_about on deadline (about_type, about_id);

-- Read view: what is due and when, for other modules' lists.
create view deadlines_v_deadline as
select id, duty, about_type, about_id, due, safe_due, cut_off, provisional, state, met_at, missed_at, owner_unit, owner_person
from deadline;

-- Which reminder went out for which day; a recomputed deadline is reminded of anew.
create table deadline_reminder (
  deadline uuid not null references deadline (id),
  safe_due date not null,
  stage text not null,
  reminded_at timestamptz(3) not null,
  primary key (deadline, safe_due, stage)
);

-- Years of the official office calendar imported here, beside those the program ships.
create table office_calendar (
  version text primary key check (version = year || '-' || revision),
  year integer not null,
  revision integer not null,
  csv bytea not null,
  sha256 text not null,
  imported_at timestamptz(3) not null,
  imported_by uuid not null references person (id),
  unique (year, revision)
);
