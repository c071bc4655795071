-- What the overview counts by: a narrow row a diagnosis, so that it reads no documents.
create table fleet_run (
  diagnosis varchar(36) primary key references diagnosis (id) on delete cascade,
  created timestamp with time zone not null,
  -- the same in whole hours since 1970, which is quick to count by
  at_hour integer not null,
  verdict varchar(20) not null,
  -- the first cause of a faulty run
  cause varchar(100),
  team varchar(300),
  model varchar(300),
  framework varchar(300),
  -- how long it trained
  hours double precision,
  -- hours from its start until it was called faulty
  warned_after double precision
);
create index fleet_run_created on fleet_run (created);

-- Diagnoses from before: what is known of them without reading documents.
insert into fleet_run (diagnosis, created, at_hour, verdict, cause, team, model, framework)
select d.id, d.created, floor(extract(epoch from d.created) / 3600), d.verdict,
  case when d.verdict = 'faulty' then
    (select min(s.cause) from suspect s where s.diagnosis = d.id
      and s.probability = (select max(m.probability) from suspect m where m.diagnosis = d.id)) end,
  coalesce((select l.content from diagnosis_label l where l.diagnosis = d.id and l.name = 'team'), d.made_by),
  (select l.content from diagnosis_label l where l.diagnosis = d.id and l.name = 'model'),
  (select l.content from diagnosis_label l where l.diagnosis = d.id and l.name = 'framework')
from diagnosis d;

-- What incidents are counted by, beside the label, so that nothing is joined.
alter table diagnosis_label add column at_hour integer;
alter table diagnosis_label add column cause varchar(100);
update diagnosis_label set
  at_hour = (select f.at_hour from fleet_run f where f.diagnosis = diagnosis_label.diagnosis),
  cause = (select f.cause from fleet_run f where f.diagnosis = diagnosis_label.diagnosis);

-- When a run under way was first called faulty, and when it was looked at last though nobody asked.
alter table live_run add column warned timestamp with time zone;
alter table live_run add column looked timestamp with time zone;
