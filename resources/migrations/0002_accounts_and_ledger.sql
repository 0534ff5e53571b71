CREATE TABLE `api_key` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`secret_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`disabled_at` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_secret_hash_unique` ON `api_key` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `api_key_owner` ON `api_key` (`owner_id`);--> statement-breakpoint
CREATE TABLE `model_right` (
	`account_id` text NOT NULL,
	`model_id` text NOT NULL,
	PRIMARY KEY(`account_id`, `model_id`),
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `sign_in_failure` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`recent` text NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_entry` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`account_id` text,
	`act` text NOT NULL,
	`subject` text,
	`detail` text,
	`origin` text NOT NULL,
	`result` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_entry_account` ON `audit_entry` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entry_at` ON `audit_entry` (`at`);--> statement-breakpoint
CREATE TABLE `audit_seal` (
	`id` integer PRIMARY KEY NOT NULL,
	`entry_id` integer NOT NULL,
	`hash` text NOT NULL,
	`seal` text NOT NULL,
	CONSTRAINT "audit_seal_one" CHECK("audit_seal"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `entry` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`transfer_id` integer NOT NULL,
	`purse_id` text NOT NULL,
	`tokens` integer NOT NULL,
	FOREIGN KEY (`transfer_id`) REFERENCES `transfer`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`purse_id`) REFERENCES `purse`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `hold` (
	`id` text PRIMARY KEY NOT NULL,
	`holder_id` text NOT NULL,
	`task` text NOT NULL,
	`model_id` text,
	`model_name` text,
	`subject_id` text,
	`price_id` integer NOT NULL,
	`source` text NOT NULL,
	`asked` integer NOT NULL,
	`asked_at_least` integer NOT NULL,
	`reserved` integer NOT NULL,
	`charged` integer DEFAULT 0 NOT NULL,
	`released` integer DEFAULT 0 NOT NULL,
	`charges` integer DEFAULT 0 NOT NULL,
	`prompt_tokens` integer DEFAULT 0 NOT NULL,
	`completion_tokens` integer DEFAULT 0 NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`price_id`) REFERENCES `price`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "hold_sum" CHECK("hold"."charged" >= 0 and "hold"."released" >= 0 and "hold"."charged" + "hold"."released" <= "hold"."reserved"),
	CONSTRAINT "hold_closed" CHECK("hold"."closed_at" is null or "hold"."charged" + "hold"."released" = "hold"."reserved")
);
--> statement-breakpoint
CREATE INDEX `hold_holder` ON `hold` (`holder_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `hold_open` ON `hold` (`opened_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE TABLE `meter` (
	`holder_id` text PRIMARY KEY NOT NULL,
	`is_metered` integer NOT NULL,
	`allowance_tokens` integer,
	`allowance_period` text
);
--> statement-breakpoint
CREATE TABLE `price` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`task` text NOT NULL,
	`per_mille` integer NOT NULL,
	`surcharge` integer NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `price_task` ON `price` (`task`,`id`);--> statement-breakpoint
CREATE TABLE `purse` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`holder_id` text,
	`balance` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "purse_balance" CHECK(("purse"."kind" = 'issue' and "purse"."balance" <= 0) or ("purse"."kind" <> 'issue' and "purse"."balance" >= 0))
);
--> statement-breakpoint
CREATE INDEX `purse_holder` ON `purse` (`holder_id`);--> statement-breakpoint
CREATE TABLE `transfer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`request_key` text NOT NULL,
	`kind` text NOT NULL,
	`holder_id` text NOT NULL,
	`hold_id` text,
	`price_id` integer,
	`tokens` integer NOT NULL,
	`prompt_tokens` integer DEFAULT 0 NOT NULL,
	`completion_tokens` integer DEFAULT 0 NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`hold_id`) REFERENCES `hold`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`price_id`) REFERENCES `price`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transfer_request_key_unique` ON `transfer` (`request_key`);--> statement-breakpoint
CREATE INDEX `transfer_grant` ON `transfer` (`holder_id`,`at`) WHERE hold_id is null;--> statement-breakpoint
CREATE INDEX `transfer_charge` ON `transfer` (`holder_id`,`at`,`tokens`) WHERE kind = 'charge';--> statement-breakpoint
CREATE INDEX `transfer_use` ON `transfer` (`at`) WHERE kind = 'charge';--> statement-breakpoint
DROP TABLE `session`;--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`refresh_id` text NOT NULL,
	`previous_refresh_id` text,
	`refreshed_at` integer NOT NULL,
	`device` text NOT NULL,
	`address` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`);--> statement-breakpoint
CREATE TABLE `__new_account` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text,
	`setup_hash` text,
	`setup_expires_at` integer,
	`every_model` integer DEFAULT true NOT NULL,
	`disabled_at` integer,
	`removal_begun_at` integer,
	`created_at` integer NOT NULL,
	`last_seen_at` integer
);
--> statement-breakpoint
INSERT INTO `__new_account` (`id`, `name`, `name_key`, `role`, `created_at`) SELECT `id`, `name`, lower(`name`), `role`, `created_at` FROM `account`;--> statement-breakpoint
DROP TABLE `account`;--> statement-breakpoint
ALTER TABLE `__new_account` RENAME TO `account`;--> statement-breakpoint
CREATE UNIQUE INDEX `account_name_key_unique` ON `account` (`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_setup_hash_unique` ON `account` (`setup_hash`);--> statement-breakpoint
ALTER TABLE `message` ADD `charged` integer;--> statement-breakpoint
ALTER TABLE `proposal` ADD `charged` integer;--> statement-breakpoint
CREATE TRIGGER `price_no_update` BEFORE UPDATE ON `price` BEGIN SELECT RAISE(ABORT, 'price is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `price_no_delete` BEFORE DELETE ON `price` BEGIN SELECT RAISE(ABORT, 'price is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `transfer_no_update` BEFORE UPDATE ON `transfer` BEGIN SELECT RAISE(ABORT, 'transfer is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `transfer_no_delete` BEFORE DELETE ON `transfer` BEGIN SELECT RAISE(ABORT, 'transfer is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `entry_no_update` BEFORE UPDATE ON `entry` BEGIN SELECT RAISE(ABORT, 'entry is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `entry_no_delete` BEFORE DELETE ON `entry` BEGIN SELECT RAISE(ABORT, 'entry is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `audit_entry_no_update` BEFORE UPDATE ON `audit_entry` BEGIN SELECT RAISE(ABORT, 'audit_entry is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `audit_entry_no_delete` BEFORE DELETE ON `audit_entry` BEGIN SELECT RAISE(ABORT, 'audit_entry is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `audit_seal_no_delete` BEFORE DELETE ON `audit_seal` BEGIN SELECT RAISE(ABORT, 'audit_seal is only ever moved on'); END;--> statement-breakpoint
CREATE TRIGGER `purse_no_delete` BEFORE DELETE ON `purse` BEGIN SELECT RAISE(ABORT, 'purse is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `hold_no_delete` BEFORE DELETE ON `hold` BEGIN SELECT RAISE(ABORT, 'hold is only ever added to'); END;--> statement-breakpoint
CREATE TRIGGER `entry_moves_balance` AFTER INSERT ON `entry` BEGIN UPDATE `purse` SET `balance` = `balance` + NEW.`tokens` WHERE `id` = NEW.`purse_id`; END;--> statement-breakpoint
INSERT INTO `price` (`task`, `per_mille`, `surcharge`, `since`) VALUES ('chat', 1000, 0, 0), ('convert', 1200, 5, 0), ('grading', 2000, 20, 0), ('subtitles', 3000, 50, 0);--> statement-breakpoint
INSERT INTO `purse` (`id`, `kind`) VALUES ('issue', 'issue');
