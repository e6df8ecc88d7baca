-- 機關通知、待辦事項、每日提醒 (6-1a, 6-1c)
create table notice (
  id uuid primary key,
  duty text not null,
  about_type text not null,
  about_id text not null,
  item_number text not null,
  link text not null,
  sender uuid references person (id),
  channel text not null check (channel in ('mail', 'paper')),
  state text not null check (state in ('queued', 'accepted', 'failed', 'given')),
  paper_number text,
  paper_date date,
  paper_receiver text,
  paper_scan uuid,
  -- 事實發生時間 and 登錄時間
  happened_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  settled_at timestamptz(3),
  version integer not null,
  constraint ck_6_1_paper_stands_at_once check ((channel = 'paper') = (state = 'given')),
  constraint ck_6_1_paper_is_identified check (
    channel = 'mail' or (paper_number <> '' and paper_date is not null and paper_receiver <> '')
  ),
  constraint ck_settled_when_not_queued check ((state = 'queued') = (settled_at is null))
);
create index notice_about on notice (about_type, about_id, recorded_at);

-- One mailbox or one receiver of paper each; a mail is accepted or refused one by one.
create table notice_recipient (
  notice uuid not null references notice (id),
  person uuid not null references person (id),
  mail uuid unique,
  state text not null check (state in ('queued', 'accepted', 'failed', 'given')),
  message_id text,
  response text,
  settled_at timestamptz(3),
  primary key (notice, person),
  constraint ck_6_1_acceptance_is_evidenced check (state <> 'accepted' or (message_id <> '' and settled_at is not null))
);

-- Read view: notices and whether each satisfies its duty.
create view notices_v_notice as
select id, duty, about_type, about_id, item_number, channel, state, state in ('accepted', 'given') as stands,
  happened_at, recorded_at, settled_at
from notice;

-- Items of 我的待辦 that no other table stands for, findings among them: for one person, or for roles.
create table inbox_item (
  id uuid primary key,
  kind text not null,
  title text not null,
  link text not null,
  duty text,
  about_type text not null,
  about_id text not null,
  -- While an item with this key is open, no second one is made.
  once text not null,
  person uuid references person (id),
  roles text[] not null,
  unit uuid references unit (id),
  created_at timestamptz(3) not null,
  done_at timestamptz(3),
  done_by uuid references person (id),
  version integer not null,
  constraint ck_one_audience check ((person is null) = (cardinality(roles) > 0)),
  constraint ck_done_by_somebody check ((done_at is null) = (done_by is null))
);
create unique index inbox_item_one_open on inbox_item (once) where done_at is null;
create index inbox_item_open_person on inbox_item (person, created_at) where done_at is null;
create index inbox_item_open on inbox_item (created_at) where done_at is null;

-- One line of somebody's next daily mail: item numbers and links only.
create table reminder (
  person uuid not null references person (id),
  subject text not null,
  stage text not null,
  kind text not null,
  item_number text not null,
  link text not null,
  due date,
  created_at timestamptz(3) not null,
  digest_day date,
  primary key (person, subject, stage)
);
create index reminder_waiting on reminder (person) where digest_day is null;
create index reminder_subject on reminder (subject) where digest_day is null;

create table digest (
  person uuid not null references person (id),
  day date not null,
  items integer not null,
  queued_at timestamptz(3) not null,
  primary key (person, day)
);

-- The signed checkpoint goes to its holders once every workday.
create table checkpoint_mail (
  day date primary key,
  size bigint not null,
  holders integer not null,
  queued_at timestamptz(3) not null
);
