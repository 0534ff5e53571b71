CREATE TABLE `conversion` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`order` text,
	`folder` text,
	`existing` text DEFAULT 'keep' NOT NULL,
	`job_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `conversion_owner` ON `conversion` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `conversion_file` (
	`id` text PRIMARY KEY NOT NULL,
	`conversion_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`path` text,
	`size_bytes` integer NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`source_format` text,
	`result_name` text,
	`result_bytes` integer,
	`counts` text,
	`report` text,
	`failure` text,
	FOREIGN KEY (`conversion_id`) REFERENCES `conversion`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversion_file_batch` ON `conversion_file` (`conversion_id`,`position`);--> statement-breakpoint
CREATE TABLE `convert_preset` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`order` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `convert_preset_name` ON `convert_preset` (`owner_id`,`name`);