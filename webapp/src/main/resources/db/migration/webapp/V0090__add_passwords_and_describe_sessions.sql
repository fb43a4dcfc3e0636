-- Passwords, and sessions that people can tell apart. Who has never signed in may be sent a link by those who invite
-- them; a link for anybody else would be a way into their account.
alter table app_user add column password_hash text;
alter table app_user add column signed_in_at timestamptz;

update app_user set signed_in_at = created_at;

alter table web_session add column id uuid not null default gen_random_uuid();
alter table web_session add column user_agent text;
alter table web_session add column address text;
alter table web_session add constraint web_session_id_key unique (id);

create index web_session_user_id_idx on web_session (user_id);
