CREATE TABLE `cue` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`position` real NOT NULL,
	`file_at` integer,
	`start_ms` integer NOT NULL,
	`end_ms` integer NOT NULL,
	`source` text NOT NULL,
	`target` text,
	`actor` text NOT NULL,
	`skip` text,
	`status` text DEFAULT 'waiting' NOT NULL,
	`origin` text,
	`is_approved` integer DEFAULT false NOT NULL,
	`tag_faults` text DEFAULT '[]' NOT NULL,
	`is_too_long` integer DEFAULT false NOT NULL,
	`confidence` real,
	`failure` text,
	`is_gone` integer DEFAULT false NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `subtitle_project`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `cue_project` ON `cue` (`project_id`,`position`);--> statement-breakpoint
CREATE INDEX `cue_running` ON `cue` (`project_id`) WHERE "cue"."status" = 'running';--> statement-breakpoint
CREATE TABLE `glossary` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `glossary_owner` ON `glossary` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `subtitle_act` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`project_id` text NOT NULL,
	`by` text NOT NULL,
	`state` text DEFAULT 'done' NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `subtitle_project`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `subtitle_act_project` ON `subtitle_act` (`project_id`,`state`,`id`);--> statement-breakpoint
CREATE TABLE `subtitle_change` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`project_id` text NOT NULL,
	`act_id` integer NOT NULL,
	`cue_id` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `subtitle_project`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `subtitle_change_act` ON `subtitle_change` (`act_id`);--> statement-breakpoint
CREATE INDEX `subtitle_change_cue` ON `subtitle_change` (`cue_id`,`id`);--> statement-breakpoint
CREATE TABLE `subtitle_file` (
	`project_id` text PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL,
	`fps` real,
	FOREIGN KEY (`project_id`) REFERENCES `subtitle_project`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `subtitle_project` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text NOT NULL,
	`season` text NOT NULL,
	`source_language` text,
	`target_language` text NOT NULL,
	`style` text NOT NULL,
	`rules_id` text NOT NULL,
	`fps` real,
	`glossary_id` text,
	`file_name` text NOT NULL,
	`format` text NOT NULL,
	`encoding` text NOT NULL,
	`problems` text NOT NULL,
	`model_id` text,
	`adapter` text,
	`job_id` text,
	`pass` text DEFAULT 'translate' NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`glossary_id`) REFERENCES `glossary`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `subtitle_project_owner` ON `subtitle_project` (`owner_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `term` (
	`id` text PRIMARY KEY NOT NULL,
	`glossary_id` text NOT NULL,
	`fold` text NOT NULL,
	`source` text NOT NULL,
	`target` text NOT NULL,
	`kind` text NOT NULL,
	`gender` text NOT NULL,
	`note` text NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`glossary_id`) REFERENCES `glossary`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `term_source` ON `term` (`glossary_id`,`fold`);--> statement-breakpoint
CREATE TABLE `translation_unit` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`project_id` text,
	`cue_id` text NOT NULL,
	`target_language` text NOT NULL,
	`fold` text NOT NULL,
	`source` text NOT NULL,
	`target` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `subtitle_project`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `translation_unit_fold` ON `translation_unit` (`owner_id`,`target_language`,`fold`);--> statement-breakpoint
CREATE UNIQUE INDEX `translation_unit_cue` ON `translation_unit` (`owner_id`,`cue_id`);