import Box from '@mui/material/Box';
import { setOrder, useConvert } from './convertStore.ts';
import { OrderFields } from './OrderFields.tsx';

/** The choices of the converter, in a line above the panes: those that mean something for its two formats. */
export function ConvertOptions() {
	const order = useConvert((state) => state.order);
	const found = useConvert((state) => state.result?.from ?? null);
	return (
		<Box sx={{ px: 3, pb: 1.5, flex: 'none' }}>
			<OrderFields order={order} from={order.from ?? found} canKeepAside onChange={setOrder} />
		</Box>
	);
}
