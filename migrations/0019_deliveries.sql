-- The provider's own mails, as they were when they were kept; the content is in the file store.
create table provider_mail (
  id uuid primary key,
  sha256 text not null,
  bytes bigint not null,
  message_id text,
  kept_by uuid not null references person (id),
  kept_at timestamptz(3) not null
);
create trigger provider_mail_append_only before update or delete or truncate on provider_mail
  for each statement execute function refuse_change();
