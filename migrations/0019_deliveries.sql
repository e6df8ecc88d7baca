-- Papers as they were when they were kept: provider's mails and scans of notices.
create table paper (
  id uuid primary key,
  kind text not null check (kind in ('provider-mail', 'scan')),
  sha256 text not null,
  bytes bigint not null,
  kept_by uuid not null references person (id),
  kept_at timestamptz(3) not null
);
create trigger paper_append_only before update or delete or truncate on paper
  for each statement execute function refuse_change();
