// Arrow keys in lists.

/**
 * How far an arrow key moves in a list: 1 down, -1 up, 0 for every other key.
 * @param {KeyboardEvent} event
 */
export const stepOf = ({ key }) => (key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0);

/**
 * The place of a node in a list, -1 where it is not there.
 * @param {(Element | null)[]} list @param {Element | null} node
 */
export const placeOf = (list, node) => list.indexOf(node);
