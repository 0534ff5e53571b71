CREATE TABLE `answer` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`question_id` text NOT NULL,
	`row` integer,
	`text` text NOT NULL,
	`status` text DEFAULT 'waiting' NOT NULL,
	`failure` text,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`submission_id`) REFERENCES `submission`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `answer_assignment` ON `answer` (`assignment_id`,`question_id`);--> statement-breakpoint
CREATE INDEX `answer_submission` ON `answer` (`submission_id`);--> statement-breakpoint
CREATE INDEX `answer_question` ON `answer` (`question_id`);--> statement-breakpoint
CREATE TABLE `comment` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `comment_owner` ON `comment` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `question` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`text` text NOT NULL,
	`key` text NOT NULL,
	`points` real NOT NULL,
	`check` text NOT NULL,
	`rubric` text NOT NULL,
	`basis` text NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "question_points" CHECK("question"."points" > 0)
);
--> statement-breakpoint
CREATE INDEX `question_assignment` ON `question` (`assignment_id`,`position`);--> statement-breakpoint
CREATE TABLE `class` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `class_owner` ON `class` (`owner_id`,`name`);--> statement-breakpoint
INSERT INTO `question`("id", "assignment_id", "position", "name", "text", "key", "points", "check", "rubric", "basis") SELECT "id", "id", 0, '1', "question", "key", 100, '{"kind":"none"}', '[]', '' FROM `assignment`;--> statement-breakpoint
INSERT INTO `answer`("id", "assignment_id", "submission_id", "question_id", "row", "text", "status", "failure") SELECT "id", "assignment_id", "id", "assignment_id", "row", "answer", "status", "failure" FROM `submission`;--> statement-breakpoint
CREATE TABLE `__new_mark` (
	`id` text PRIMARY KEY NOT NULL,
	`answer_id` text NOT NULL,
	`marker` text NOT NULL,
	`points` real,
	`levels` text NOT NULL,
	`feedback` text NOT NULL,
	`accepted` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`answer_id`) REFERENCES `answer`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_mark`("id", "answer_id", "marker", "points", "levels", "feedback", "accepted", "created_at") SELECT "submission_id", "submission_id", 'first', "score", '{}', "feedback", EXISTS (SELECT 1 FROM `proposal` p WHERE p.rowid = (SELECT max(n.rowid) FROM `proposal` n WHERE n.submission_id = `mark`.submission_id) AND p.score = `mark`.score AND p.feedback = `mark`.feedback), "updated_at" FROM `mark`;--> statement-breakpoint
DROP TABLE `mark`;--> statement-breakpoint
ALTER TABLE `__new_mark` RENAME TO `mark`;--> statement-breakpoint
CREATE INDEX `mark_answer` ON `mark` (`answer_id`,`marker`,`created_at`);--> statement-breakpoint
CREATE TABLE `__new_proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`answer_id` text NOT NULL,
	`basis` text NOT NULL,
	`score` integer NOT NULL,
	`points` real NOT NULL,
	`out_of` real NOT NULL,
	`verdicts` text NOT NULL,
	`feedback` text NOT NULL,
	`suggestions` text NOT NULL,
	`confidence` real NOT NULL,
	`doubts` text NOT NULL,
	`second` text,
	`decided_by` text NOT NULL,
	`model_name` text NOT NULL,
	`tokens` integer NOT NULL,
	`charged` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`answer_id`) REFERENCES `answer`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "proposal_score" CHECK("__new_proposal"."score" between 0 and 100)
);
--> statement-breakpoint
INSERT INTO `__new_proposal`("id", "answer_id", "basis", "score", "points", "out_of", "verdicts", "feedback", "suggestions", "confidence", "doubts", "second", "decided_by", "model_name", "tokens", "charged", "created_at") SELECT "id", "submission_id", '', "score", "score", 100, '[]', "feedback", "suggestions", 0.5, '["wholeJudgement"]', NULL, 'model', "model_name", "tokens", "charged", "created_at" FROM `proposal` ORDER BY `proposal`.rowid;--> statement-breakpoint
DROP TABLE `proposal`;--> statement-breakpoint
ALTER TABLE `__new_proposal` RENAME TO `proposal`;--> statement-breakpoint
CREATE INDEX `proposal_answer` ON `proposal` (`answer_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `assignment` ADD `class_id` text REFERENCES class(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `assignment` ADD `blind` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `assignment` DROP COLUMN `question`;--> statement-breakpoint
ALTER TABLE `assignment` DROP COLUMN `key`;--> statement-breakpoint
ALTER TABLE `submission` DROP COLUMN `answer`;--> statement-breakpoint
ALTER TABLE `submission` DROP COLUMN `status`;--> statement-breakpoint
ALTER TABLE `submission` DROP COLUMN `failure`;--> statement-breakpoint
ALTER TABLE `submission` ADD `more_rows` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
UPDATE `assignment` SET `mapping` = json_object('layout', 'wide', 'studentId', json_extract(`mapping`, '$.studentId'), 'studentNames', CASE WHEN json_extract(`mapping`, '$.studentName') IS NULL THEN json_array() ELSE json_array(json_extract(`mapping`, '$.studentName')) END, 'studentClass', NULL, 'answers', json_array(json_object('column', json_extract(`mapping`, '$.answer'), 'questionName', '1', 'questionText', '', 'textColumn', NULL, 'keyColumn', NULL, 'points', NULL)));
