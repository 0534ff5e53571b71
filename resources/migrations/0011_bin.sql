CREATE TABLE `keyed_job` (
	`job_id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`counted` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `job`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `job_item_state`;--> statement-breakpoint
ALTER TABLE `job_item` ADD `size` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `job_item` ADD `done` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `job_item_state` ON `job_item` (`job_id`,`state`,`size`,`done`);--> statement-breakpoint
ALTER TABLE `comment` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `glossary` ADD `deleted_at` integer;--> statement-breakpoint
CREATE INDEX `message_deleted` ON `message` (`deleted_at`) WHERE deleted_at is not null;