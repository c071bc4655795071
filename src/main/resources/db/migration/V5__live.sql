-- A run that is being recorded, by the name that its recorder gives it.
create table live_run (
  name varchar(100) primary key,
  created timestamp with time zone not null,
  changed timestamp with time zone not null,
  -- bytes that have come, in whole lines
  length bigint not null,
  line_count bigint not null,
  -- counts the changes
  version bigint not null,
  ended boolean not null,
  made_by varchar(60),
  labels varchar(8000),
  -- what was concluded at the end
  diagnosis varchar(36)
);
create index live_run_changed on live_run (changed);

-- Its lines, as they came.
create table live_chunk (
  run varchar(100) not null references live_run (name) on delete cascade,
  begins bigint not null,
  content ${bytes} not null,
  primary key (run, begins)
);
