-- LOCATION is where the error was thrown: file, line and function
\set VERBOSITY verbose
SELECT framework_throw_here();
SELECT framework_literal_here();
SELECT framework_string_here();
SELECT framework_helper_here();
SELECT framework_guarded_here();
