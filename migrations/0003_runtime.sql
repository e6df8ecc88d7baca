-- Refusals of people who are not signed in, counted per ten-minute window until a job records them.
create table anonymous_refusal (
  window_start timestamptz(3) not null,
  attempt text not null,
  code text not null,
  count integer not null,
  primary key (window_start, attempt, code)
);
