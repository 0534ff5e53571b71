CREATE TABLE `adapter` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`model_id` text,
	`model_name` text NOT NULL,
	`base_digest` text,
	`rank` integer NOT NULL,
	`alpha` real NOT NULL,
	`targets` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`origin` text NOT NULL,
	`outcome` text,
	`remarks` text NOT NULL,
	`visibility` text NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `adapter_version` ON `adapter` (`owner_id`,`name`,`version`);--> statement-breakpoint
CREATE INDEX `adapter_model` ON `adapter` (`model_id`);--> statement-breakpoint
CREATE TABLE `dataset` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `dataset_owner` ON `dataset` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `dataset_example` (
	`version_id` text NOT NULL,
	`position` integer NOT NULL,
	`row` integer NOT NULL,
	`turns` text NOT NULL,
	PRIMARY KEY(`version_id`, `position`),
	FOREIGN KEY (`version_id`) REFERENCES `dataset_version`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `dataset_version` (
	`id` text PRIMARY KEY NOT NULL,
	`dataset_id` text NOT NULL,
	`number` integer NOT NULL,
	`form` text NOT NULL,
	`origin` text NOT NULL,
	`example_count` integer NOT NULL,
	`duplicate_count` integer NOT NULL,
	`refused_count` integer NOT NULL,
	`characters` integer NOT NULL,
	`digest` text NOT NULL,
	`problems` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`dataset_id`) REFERENCES `dataset`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dataset_version_number` ON `dataset_version` (`dataset_id`,`number`);--> statement-breakpoint
CREATE TABLE `finetune_run` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`model_id` text NOT NULL,
	`model_name` text NOT NULL,
	`version_id` text NOT NULL,
	`intent` text NOT NULL,
	`task` text NOT NULL,
	`settings` text NOT NULL,
	`job_id` text NOT NULL,
	`stage` text NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`total_steps` integer,
	`outcome` text,
	`adapter_id` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `finetune_run_owner` ON `finetune_run` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `run_comparison` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`turns` text NOT NULL,
	`expected` text NOT NULL,
	`before` text,
	`after` text,
	`score_before` real,
	`score_after` real,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `finetune_run`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `run_line` (
	`run_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`code` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`run_id`, `seq`),
	FOREIGN KEY (`run_id`) REFERENCES `finetune_run`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `run_point` (
	`run_id` text NOT NULL,
	`step` integer NOT NULL,
	`loss` real,
	`validation_loss` real,
	`forgetting` real,
	`learning_rate` real,
	`tokens_per_second` real,
	`memory_bytes` integer,
	`vram_bytes` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `step`),
	FOREIGN KEY (`run_id`) REFERENCES `finetune_run`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `conversation` ADD `adapter` text;--> statement-breakpoint
ALTER TABLE `assignment` ADD `adapter` text;