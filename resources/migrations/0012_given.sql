DROP INDEX `convert_preset_name`;--> statement-breakpoint
ALTER TABLE `convert_preset` ADD `deleted_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `convert_preset_name` ON `convert_preset` (`owner_id`,`name`) WHERE deleted_at is null;--> statement-breakpoint
DROP INDEX `term_source`;--> statement-breakpoint
ALTER TABLE `term` ADD `deleted_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `term_source` ON `term` (`glossary_id`,`fold`) WHERE deleted_at is null;--> statement-breakpoint
ALTER TABLE `mark` ADD `out_of` real;--> statement-breakpoint
ALTER TABLE `mark` ADD `given` text;