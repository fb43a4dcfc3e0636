-- Ends of items that their batch has not counted yet. Items that end at the same moment write rows of their own and do not
-- wait for each other; whoever counts takes all rows of a batch at once.
create table batch_finish (
    batch_id uuid not null,
    run_id uuid not null,
    amount int not null check (amount > 0),
    primary key (batch_id, run_id)
);
