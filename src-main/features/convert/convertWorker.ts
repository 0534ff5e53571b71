import { doTasks } from '../../platform/process/doTasks.ts';
import type { ConvertReply, ConvertTask } from './convertTasks.ts';
import { replyTo } from './replyTo.ts';

doTasks<ConvertTask, ConvertReply, number>(replyTo);
