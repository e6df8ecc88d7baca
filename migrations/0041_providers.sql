-- 外部帳號: accounts our people hold in providers' own systems (5-3, 5-4).
create table outside_account (
  id uuid primary key,
  provider uuid not null references provider (id),
  system text not null,
  name text not null,
  holder uuid not null references person (id),
  unit uuid not null references unit (id),
  class text not null check (class in ('linkage', 'use')),
  kept_by text not null check (kept_by in ('password', 'passkey', 'single-sign-on')),
  stands_for text,
  changes jsonb not null,
  cancellation jsonb,
  cancelled_at timestamptz(3),
  recorded_by uuid not null references person (id),
  recorded_at timestamptz(3) not null,
  version integer not null,
  constraint ck_5_3a_without_a_password_something_stands_for_it check ((kept_by = 'password') = (stands_for is null)),
  constraint ck_5_3a_a_password_has_a_last_change check (kept_by <> 'password' or jsonb_array_length(changes) > 0),
  constraint ck_cancelled_by_cancellation check (cancelled_at is null or cancellation is not null)
);
create unique index outside_account_of_one_person on outside_account (provider, lower(system), lower(name))
  where cancelled_at is null;
create index outside_account_holder on outside_account (holder);
create index outside_account_unit on outside_account (unit);

-- Read view: who holds which account where, and whether it is still to be cancelled.
create view providers_v_outside_account as
select id, provider, system, name, holder, unit, class, kept_by,
  (changes -> -1 ->> 'on')::date as last_changed_on,
  cancellation is not null as is_to_cancel,
  cancelled_at
from outside_account;
