-- 帳號、登入
create table account (
  id uuid primary key,
  person uuid not null references person (id),
  login_name text not null,
  password_hash text,
  password_set_at timestamptz(3),
  disabled_at timestamptz(3),
  version integer not null,
  created_at timestamptz(3) not null
);
create unique index account_login_name on account (lower(login_name));
create unique index account_person on account (person);

-- Attempts are reserved here before a password is looked at, so that a burst cannot slip past the lock.
-- Whatever was typed as a name, perhaps a password, stands here as a keyed hash only.
create table sign_in_lock (
  name_pseudonym text primary key,
  failures integer not null,
  locked_until timestamptz(3),
  last_attempt_at timestamptz(3) not null
);

create table session (
  token_hash bytea primary key,
  account uuid not null references account (id),
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index session_account on session (account);
create index session_expires on session (expires_at);

-- One-time links: first administrator, password reset. Only the hash is kept.
create table one_time_link (
  token_hash bytea primary key,
  kind text not null check (kind in ('first-administrator', 'set-password')),
  account uuid references account (id),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
