create table sample (name text primary key);
