CREATE TABLE `addition` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`earlier` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `addition_assignment` ON `addition` (`assignment_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `earlier_text` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`answer_id` text NOT NULL,
	`addition_id` text NOT NULL,
	`brought_by` text,
	`row` integer,
	`text` text NOT NULL,
	`status` text NOT NULL,
	`failure` text,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`answer_id`) REFERENCES `answer`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`addition_id`) REFERENCES `addition`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `earlier_text_assignment` ON `earlier_text` (`assignment_id`);--> statement-breakpoint
CREATE INDEX `earlier_text_answer` ON `earlier_text` (`answer_id`);--> statement-breakpoint
CREATE INDEX `earlier_text_addition` ON `earlier_text` (`addition_id`);--> statement-breakpoint
DROP INDEX `mark_answer`;--> statement-breakpoint
ALTER TABLE `mark` ADD `addition_id` text;--> statement-breakpoint
CREATE INDEX `mark_answer` ON `mark` (`answer_id`,`marker`,`addition_id`,`created_at`);--> statement-breakpoint
DROP INDEX `proposal_answer`;--> statement-breakpoint
ALTER TABLE `proposal` ADD `addition_id` text;--> statement-breakpoint
CREATE INDEX `proposal_answer` ON `proposal` (`answer_id`,`addition_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `answer` ADD `addition_id` text;--> statement-breakpoint
ALTER TABLE `submission` ADD `addition_id` text;--> statement-breakpoint
ALTER TABLE `hold` ADD `repeats` integer DEFAULT 0 NOT NULL;