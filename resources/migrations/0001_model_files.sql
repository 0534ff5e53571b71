CREATE TABLE `load_measurement` (
	`model_id` text NOT NULL,
	`shape` text NOT NULL,
	`predicted_bytes` integer NOT NULL,
	`measured_bytes` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`model_id`, `shape`)
);
--> statement-breakpoint
CREATE TABLE `model_file` (
	`model_id` text NOT NULL,
	`position` integer NOT NULL,
	`path` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`modified_at` integer,
	`sha256` text,
	`published` integer DEFAULT false NOT NULL,
	`checked_at` integer,
	`bad_blocks` text DEFAULT '[]' NOT NULL,
	`block_sums` blob,
	PRIMARY KEY(`model_id`, `position`),
	FOREIGN KEY (`model_id`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `model_file_path_unique` ON `model_file` (`path`);--> statement-breakpoint
CREATE INDEX `model_file_sha256` ON `model_file` (`sha256`);--> statement-breakpoint
CREATE TABLE `secret` (
	`name` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`kept_in` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `model_path_unique`;--> statement-breakpoint
ALTER TABLE `model` ADD `kind` text DEFAULT 'model' NOT NULL;--> statement-breakpoint
ALTER TABLE `model` ADD `linked` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `model` ADD `origin` text DEFAULT '{"source":"local"}' NOT NULL;--> statement-breakpoint
ALTER TABLE `model` ADD `defaults` text;--> statement-breakpoint
ALTER TABLE `model` ADD `license` text;--> statement-breakpoint
ALTER TABLE `model` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
INSERT INTO `model_file` (`model_id`, `position`, `path`, `size_bytes`) SELECT `id`, 0, `path`, `size_bytes` FROM `model`;--> statement-breakpoint
UPDATE `model` SET `origin` = json_object('source', `source`);--> statement-breakpoint
ALTER TABLE `model` DROP COLUMN `path`;--> statement-breakpoint
ALTER TABLE `model` DROP COLUMN `source`;--> statement-breakpoint
ALTER TABLE `job` ADD `rank` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `job` ADD `dismissed` integer DEFAULT false NOT NULL;