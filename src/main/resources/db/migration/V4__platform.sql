-- Which token made a diagnosis, and by what labels a platform calls it: a line each, name=value.
alter table diagnosis add column made_by varchar(60);
alter table diagnosis add column labels varchar(8000);

-- The same labels, to find by.
create table diagnosis_label (
  diagnosis varchar(36) not null references diagnosis (id) on delete cascade,
  name varchar(100) not null,
  content varchar(300) not null,
  primary key (diagnosis, name)
);
create index diagnosis_label_name on diagnosis_label (name, content, diagnosis);
