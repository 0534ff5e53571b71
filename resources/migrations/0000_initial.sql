CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_secret_hash_unique` ON `session` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`);--> statement-breakpoint
CREATE TABLE `conversation` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`model_id` text,
	`settings` text NOT NULL,
	`leaf_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `conversation_owner` ON `conversation` (`owner_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`conversation_id` text NOT NULL,
	`parent_id` text,
	`role` text NOT NULL,
	`content` text NOT NULL,
	`status` text NOT NULL,
	`model_name` text,
	`usage` text,
	`finish` text,
	`failure` text,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversation`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `message`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_conversation` ON `message` (`conversation_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `message_parent` ON `message` (`parent_id`);--> statement-breakpoint
CREATE TABLE `assignment` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`subject` text NOT NULL,
	`question` text NOT NULL,
	`key` text NOT NULL,
	`grade_level` text NOT NULL,
	`feedback_language` text NOT NULL,
	`model_id` text,
	`job_id` text,
	`columns` text NOT NULL,
	`mapping` text NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `assignment_owner` ON `assignment` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `mark` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`score` integer NOT NULL,
	`feedback` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submission`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "mark_score" CHECK("mark"."score" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE `proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`score` integer NOT NULL,
	`feedback` text NOT NULL,
	`suggestions` text NOT NULL,
	`model_name` text NOT NULL,
	`tokens` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submission`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "proposal_score" CHECK("proposal"."score" between 0 and 100)
);
--> statement-breakpoint
CREATE INDEX `proposal_submission` ON `proposal` (`submission_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `submission` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`row` integer NOT NULL,
	`student_id` text NOT NULL,
	`student_name` text NOT NULL,
	`answer` text NOT NULL,
	`cells` text NOT NULL,
	`status` text DEFAULT 'waiting' NOT NULL,
	`failure` text,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `submission_assignment` ON `submission` (`assignment_id`,`row`);--> statement-breakpoint
CREATE TABLE `model` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`owned` integer NOT NULL,
	`size_bytes` integer NOT NULL,
	`source` text NOT NULL,
	`architecture` text NOT NULL,
	`parameters` integer,
	`quantization` text NOT NULL,
	`context_tokens` integer,
	`has_chat_template` integer NOT NULL,
	`added_at` integer NOT NULL,
	`last_used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `model_path_unique` ON `model` (`path`);--> statement-breakpoint
CREATE TABLE `setting` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`state` text NOT NULL,
	`title` text NOT NULL,
	`detail` text DEFAULT '' NOT NULL,
	`fraction` real DEFAULT 0 NOT NULL,
	`spec` text NOT NULL,
	`checkpoint` text,
	`failure` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `job_owner` ON `job` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `job_state` ON `job` (`state`);--> statement-breakpoint
CREATE TABLE `job_item` (
	`job_id` text NOT NULL,
	`position` integer NOT NULL,
	`subject_id` text NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`failure` text,
	PRIMARY KEY(`job_id`, `position`),
	FOREIGN KEY (`job_id`) REFERENCES `job`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_item_state` ON `job_item` (`job_id`,`state`);