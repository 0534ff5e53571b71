CREATE TABLE `cached_answer` (
	`owner_id` text NOT NULL,
	`key` text NOT NULL,
	`model_id` text NOT NULL,
	`model_identity` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	`answer` text NOT NULL,
	PRIMARY KEY(`owner_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `cached_answer_size` ON `cached_answer` (`owner_id`,`size_bytes`);--> statement-breakpoint
CREATE INDEX `cached_answer_used` ON `cached_answer` (`used_at`);--> statement-breakpoint
CREATE INDEX `cached_answer_created` ON `cached_answer` (`created_at`);--> statement-breakpoint
CREATE INDEX `cached_answer_model` ON `cached_answer` (`model_id`);--> statement-breakpoint
CREATE TABLE `gateway_setting` (
	`id` text PRIMARY KEY NOT NULL,
	`is_on` integer NOT NULL,
	`port` integer NOT NULL,
	`address` text NOT NULL,
	`hosts` text NOT NULL,
	`origins` text NOT NULL,
	`certificate` text,
	`is_self_made` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE `like_groups` (
	`question_id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`answers` integer NOT NULL,
	`model_name` text NOT NULL,
	`groups` text NOT NULL,
	FOREIGN KEY (`question_id`) REFERENCES `question`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `monitor_figure` (
	`resolution` text NOT NULL,
	`at` integer NOT NULL,
	`counted` text NOT NULL,
	`by` text NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`errors` integer NOT NULL,
	`repeats` integer NOT NULL,
	`prompt_tokens` integer NOT NULL,
	`completion_tokens` integer NOT NULL,
	`took` blob NOT NULL,
	`first_token` blob NOT NULL,
	`wait` blob NOT NULL,
	`speed` blob NOT NULL,
	PRIMARY KEY(`resolution`, `at`, `counted`, `by`, `key`)
);
--> statement-breakpoint
CREATE TABLE `monitor_sample` (
	`resolution` text NOT NULL,
	`at` integer NOT NULL,
	`samples` integer NOT NULL,
	`cpu_sum` real NOT NULL,
	`cpu_most` real NOT NULL,
	`memory_sum` real NOT NULL,
	`memory_most` integer NOT NULL,
	`gpu_samples` integer NOT NULL,
	`gpu_sum` real NOT NULL,
	`gpu_most` real NOT NULL,
	`vram_most` integer NOT NULL,
	`disk_free_least` integer NOT NULL,
	`running_most` integer NOT NULL,
	`waiting_most` integer NOT NULL,
	PRIMARY KEY(`resolution`, `at`)
);
--> statement-breakpoint
CREATE TABLE `outbound_connection` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`minute` integer NOT NULL,
	`purpose` text NOT NULL,
	`host` text NOT NULL,
	`outcome` text NOT NULL,
	`status` integer NOT NULL,
	`asked_by` text NOT NULL,
	`requests` integer NOT NULL,
	`sent_bytes` integer NOT NULL,
	`received_bytes` integer NOT NULL,
	`ms` integer NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbound_connection_like` ON `outbound_connection` (`minute`,`purpose`,`host`,`outcome`,`status`,`asked_by`);--> statement-breakpoint
CREATE INDEX `outbound_connection_host` ON `outbound_connection` (`host`,`id`);--> statement-breakpoint
CREATE TABLE `backend` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`kind` text NOT NULL,
	`endpoint` text NOT NULL,
	`is_enabled` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backend_name_key_unique` ON `backend` (`name_key`);--> statement-breakpoint
CREATE TABLE `route` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`strategy` text NOT NULL,
	`fallback_id` text,
	`most_at_work` integer,
	`most_waiting` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`fallback_id`) REFERENCES `route`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `route_name_key_unique` ON `route` (`name_key`);--> statement-breakpoint
CREATE TABLE `route_target` (
	`id` text PRIMARY KEY NOT NULL,
	`route_id` text NOT NULL,
	`position` integer NOT NULL,
	`source` text NOT NULL,
	`weight` integer NOT NULL,
	`price` integer NOT NULL,
	`is_enabled` integer NOT NULL,
	FOREIGN KEY (`route_id`) REFERENCES `route`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `route_target_route` ON `route_target` (`route_id`,`position`);--> statement-breakpoint
ALTER TABLE `api_key` ADD `requests_per_minute` integer DEFAULT 60 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_key` ADD `streams_at_once` integer DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_key` ADD `tokens_per_month` integer;--> statement-breakpoint
ALTER TABLE `api_key` ADD `used_tokens` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_key` ADD `used_month` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversion_file` ADD `sidecar_bytes` integer;