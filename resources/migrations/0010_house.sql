CREATE TABLE `backup_schedule` (
	`id` integer PRIMARY KEY NOT NULL,
	`every` text NOT NULL,
	`folder` text NOT NULL,
	`keep` integer NOT NULL,
	`with_models` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `changed_text` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `changed_text_subject` ON `changed_text` (`kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `indexed_text` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`owner_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `indexed_text_subject` ON `indexed_text` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `indexed_text_owner` ON `indexed_text` (`owner_id`);--> statement-breakpoint
CREATE TABLE `text_index_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`made_by` text NOT NULL
);
