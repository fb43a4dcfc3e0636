# Runs a task process in a session of its own and keeps its exit code.
#
# $1 the folder of this workload, $2… the command. The supervisor may die and come back meanwhile: it finds this
# script by the file "wrapper", the task by "pid" and its end by "exit". Files are renamed into place, so that a
# reader never finds half of one.
folder=$1
shift
keep() {
    echo "$2" >"$folder/$1.draft" && mv "$folder/$1.draft" "$folder/$1"
}
keep wrapper $$
# Appending lets the supervisor truncate a file that grew too large.
"$@" >>"$folder/output" 2>&1 </dev/null &
child=$!
keep pid "$child"
# A handler interrupts "wait" where an ignored signal would be inherited by the task.
trap 'true' HUP INT TERM
while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
done
# Whatever the task left behind in its process group dies with it.
kill -KILL -- "-$child" 2>/dev/null
keep exit "$code"
