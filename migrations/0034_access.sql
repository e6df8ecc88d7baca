-- access: passwords that were used before, sessions with their stage, place and end, and the browsers they came from.
create table password_history (
  account uuid not null references account (id),
  password_hash text not null,
  replaced_at timestamptz(3) not null,
  primary key (account, replaced_at)
);

delete from session;
alter table session
  add column id uuid not null,
  -- How far the sign-in has come; until `full` a session reaches its own credentials only.
  add column stage text not null,
  add column address text not null,
  add column agent text not null,
  add column device bytea not null,
  -- Kept until its term, so that whoever held it is told who ended it.
  add column ended_at timestamptz(3),
  add column ended_why text,
  add column ended_from text;
create unique index session_id on session (id);

-- The browsers an account was used from; the token stays in the browser, only its hash is kept.
create table device (
  account uuid not null references account (id),
  token_hash bytea not null,
  agent text not null,
  address text not null,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  primary key (account, token_hash)
);

-- Whether the ledger knows of a lock: a job tells of it, so that the answer to an attempt takes no longer for a name
-- that has an account.
alter table sign_in_lock add column told boolean not null default false;
alter table sign_in_lock alter column told drop default;
