import { exampleMapping, openGradingStage } from '../openGradingStage.test-support.ts';

/** For the crash test: adds a table to a class of Ann's, and is killed, like a machine that loses its power, when an answer that says so is written. */
const [folder = '', assignmentId = '', text = ''] = process.argv.slice(2);
const { db, grading } = await openGradingStage(folder);
db.$client.function('die', () => process.kill(process.pid, 'SIGKILL'));
db.$client.exec(`create temp trigger torn before insert on answer when new.text = 'Torn.' begin select die(); end`);
await grading.additions.add('ann', assignmentId, { source: { input: { text } }, mapping: exampleMapping }, 'all');
process.stdout.write('added\n');
process.exit(0);
