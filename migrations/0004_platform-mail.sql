-- platform/mail: mails queued in the transaction that wants them, sent afterwards in order for each recipient.
create table mail_outbox (
  id uuid primary key,
  ordinal bigint generated always as identity unique,
  kind text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  item_number text,
  -- Path of a screen; emptied when a mail with a secret link has left.
  link text,
  secret_link boolean not null,
  attachment_name text,
  attachment_text text,
  idempotency_key text not null unique,
  -- Given at the first attempt and kept for all later ones, so that a mail sent twice is one mail.
  message_id text unique,
  state text not null check (state in ('waiting', 'accepted', 'kept', 'failed')),
  attempts integer not null,
  next_attempt_at timestamptz(3) not null,
  claim uuid,
  claimed_until timestamptz(3),
  queued_at timestamptz(3) not null,
  settled_at timestamptz(3),
  -- When the module that queued it was told; null while it is to be told (again).
  handled_at timestamptz(3),
  constraint ck_settled_when_not_waiting check ((state = 'waiting') = (settled_at is null)),
  constraint ck_6_1_acceptance_has_message_id check (state <> 'accepted' or message_id is not null)
);
create index mail_outbox_waiting on mail_outbox (recipient, ordinal) where state = 'waiting';
create index mail_outbox_to_handle on mail_outbox (ordinal) where state in ('accepted', 'failed') and handled_at is null;
create index mail_outbox_by_recipient on mail_outbox (lower(recipient), ordinal desc);

-- Every attempt with what the server answered.
create table mail_attempt (
  mail uuid not null references mail_outbox (id),
  number integer not null,
  at timestamptz(3) not null,
  outcome text not null check (outcome in ('accepted', 'kept', 'refused', 'deferred', 'unreachable')),
  response text not null,
  primary key (mail, number)
);
