//! The tree of calls, and where in it a process is.
//!
//! What is called is a name: a function, a system call, a charge. A node of the tree is a name
//! with those it was called from. Deep recursion and endless chains are cut, so that no guest
//! can make the tree large: cycles are then those of a node nearer to the root, and none are
//! lost.

use std::collections::HashMap;

/// The number of a name.
pub(super) type Name = u32;

/// The number of a node.
pub(super) type Node = u32;

/// The node that all others come from.
pub(super) const ROOT: Node = 0;

/// From this depth on, a name that is called again is the node it was before.
const FOLDED_DEPTH: u32 = 128;
/// The deepest node.
const MAX_DEPTH: u32 = 256;
/// The most nodes.
const MAX_NODES: usize = 1 << 16;
/// The most frames of a process.
const MAX_FRAMES: usize = 1 << 16;
/// How many frames a return may leave at once.
const MAX_UNWOUND: usize = 64;
/// How many functions may be entered one from the other by jumps, in one call, before the first
/// of them is forgotten.
const MAX_JUMPS: usize = 16;

/// A name with those that it was called from.
pub(super) struct Called {
    pub(super) parent: Node,
    pub(super) name: Name,
    depth: u32,
    /// Cycles of this node alone.
    pub(super) cycles: u64,
}

/// Who called whom, and what that cost.
pub(super) struct Tree {
    nodes: Vec<Called>,
    children: HashMap<(Node, Name), Node>,
    /// Whether any node is missing.
    pub(super) is_cut: bool,
}

impl Tree {
    /// A tree of one node, whose name is that of nobody.
    pub(super) fn new(root: Name) -> Self {
        let root = Called { parent: ROOT, name: root, depth: 0, cycles: 0 };
        Self { nodes: vec![root], children: HashMap::new(), is_cut: false }
    }

    pub(super) fn node(&self, node: Node) -> &Called {
        &self.nodes[node as usize]
    }

    /// All nodes, each behind the one that it was called from.
    pub(super) fn nodes(&self) -> &[Called] {
        &self.nodes
    }

    pub(super) fn charge(&mut self, node: Node, cycles: u64) {
        let place = &mut self.nodes[node as usize].cycles;
        *place = place.saturating_add(cycles);
    }

    /// The node of `name` called from `parent`.
    pub(super) fn child(&mut self, parent: Node, name: Name) -> Node {
        if let Some(&node) = self.children.get(&(parent, name)) {
            return node;
        }
        let depth = self.node(parent).depth + 1;
        let mut target = None;
        if depth > FOLDED_DEPTH {
            target = self.path(parent).find(|&node| self.node(node).name == name);
        }
        if target.is_none() && (depth > MAX_DEPTH || self.nodes.len() >= MAX_NODES) {
            target = Some(parent);
        }
        self.is_cut |= target.is_some();
        if self.children.len() >= 2 * MAX_NODES {
            return target.unwrap_or(parent);
        }
        let node = target.unwrap_or_else(|| {
            self.nodes.push(Called { parent, name, depth, cycles: 0 });
            Node::try_from(self.nodes.len() - 1).expect("there are not that many nodes")
        });
        self.children.insert((parent, name), node);
        node
    }

    /// A node and those that it was called from, up to the root, which is not among them.
    pub(super) fn path(&self, node: Node) -> impl Iterator<Item = Node> {
        let mut at = node;
        std::iter::from_fn(move || {
            let node = at;
            at = self.node(node).parent;
            (node != ROOT).then_some(node)
        })
    }
}

/// A function that was called and has not returned.
struct Frame {
    /// Where it returns to.
    returns_to: Option<u64>,
    /// The node of what was called.
    called: Node,
    /// The node of where it is: functions that it went on to by jumps are below `called`.
    node: Node,
    /// The function that it is in.
    name: Name,
}

/// The calls that a process is in.
pub(super) struct Stack(Vec<Frame>);

impl Stack {
    /// A process starts in a function.
    pub(super) fn new(tree: &mut Tree, root: Node, name: Name) -> Self {
        let node = tree.child(root, name);
        Self(vec![Frame { returns_to: None, called: node, node, name }])
    }

    fn top(&self) -> &Frame {
        self.0.last().expect("the first frame stays")
    }

    /// The node of where it is.
    pub(super) fn node(&self) -> Node {
        self.top().node
    }

    /// It calls a function.
    pub(super) fn call(&mut self, tree: &mut Tree, name: Name, returns_to: u64) {
        if self.0.len() >= MAX_FRAMES {
            // Frames that far down are seldom come back to.
            self.0.drain(1..MAX_FRAMES / 2);
        }
        let node = tree.child(self.node(), name);
        self.0.push(Frame { returns_to: Some(returns_to), called: node, node, name });
    }

    /// It jumps to where a register says; returns whether it returned from a call by that.
    pub(super) fn returns(&mut self, pc: u64) -> bool {
        let frames = self.0.iter().rev().take(MAX_UNWOUND);
        let left = frames.map(|frame| frame.returns_to).position(|to| to == Some(pc));
        if let Some(left) = left {
            self.0.truncate(self.0.len() - left - 1);
        }
        left.is_some()
    }

    /// It is in this function, wherever it was before: it went there by a jump.
    pub(super) fn goes_to(&mut self, tree: &mut Tree, name: Name) {
        let Frame { called, node, name: before, .. } = *self.top();
        if before == name {
            return;
        }
        // Functions that jump to each other do not get deeper and deeper.
        let mut known = None;
        let mut jumps = 0;
        for at in tree.path(node) {
            if tree.node(at).name == name {
                known = Some(at);
            }
            jumps += 1;
            if known.is_some() || at == called {
                break;
            }
        }
        let from = if jumps > MAX_JUMPS { called } else { node };
        let node = known.unwrap_or_else(|| tree.child(from, name));
        let top = self.0.last_mut().expect("the first frame stays");
        (top.node, top.name) = (node, name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tree: &Tree, node: Node) -> Vec<Name> {
        let mut names: Vec<_> = tree.path(node).map(|node| tree.node(node).name).collect();
        names.reverse();
        names
    }

    #[test]
    fn calls_return_to_where_they_came_from() {
        let mut tree = Tree::new(0);
        let mut stack = Stack::new(&mut tree, ROOT, 1);
        stack.call(&mut tree, 2, 0x10);
        stack.call(&mut tree, 3, 0x20);
        assert_eq!(names(&tree, stack.node()), [1, 2, 3]);
        assert!(!stack.returns(0x30));
        assert!(stack.returns(0x20));
        assert_eq!(names(&tree, stack.node()), [1, 2]);
        stack.call(&mut tree, 3, 0x20);
        // As `longjmp` does.
        assert!(stack.returns(0x10));
        assert_eq!(names(&tree, stack.node()), [1]);
        assert!(!stack.returns(0x10));
    }

    #[test]
    fn jumps_to_and_fro_make_the_stack_no_deeper() {
        let mut tree = Tree::new(0);
        let mut stack = Stack::new(&mut tree, ROOT, 1);
        stack.call(&mut tree, 2, 0x10);
        for _ in 0..1000 {
            stack.goes_to(&mut tree, 3);
            assert_eq!(names(&tree, stack.node()), [1, 2, 3]);
            stack.goes_to(&mut tree, 2);
            assert_eq!(names(&tree, stack.node()), [1, 2]);
        }
        stack.goes_to(&mut tree, 3);
        assert!(stack.returns(0x10));
        assert_eq!(stack.top().name, 1);
        assert_eq!(tree.nodes().len(), 4);
    }

    #[test]
    fn no_guest_makes_a_large_tree() {
        let mut tree = Tree::new(0);
        let mut stack = Stack::new(&mut tree, ROOT, 1);
        for call in 0..1_000_000 {
            stack.call(&mut tree, 1 + call % 1000, call.into());
            tree.charge(stack.node(), 1);
        }
        for name in 0..1_000_000 {
            stack.goes_to(&mut tree, name);
            tree.charge(stack.node(), 1);
        }
        assert!(tree.nodes().len() <= MAX_NODES && stack.0.len() <= MAX_FRAMES && tree.is_cut);
        assert_eq!(tree.nodes().iter().map(|node| node.cycles).sum::<u64>(), 2_000_000);
    }

    #[test]
    fn deep_recursion_is_folded() {
        let mut tree = Tree::new(0);
        let mut stack = Stack::new(&mut tree, ROOT, 1);
        for call in 0..10_000 {
            stack.call(&mut tree, 2 + call % 3, call.into());
            assert_eq!(tree.node(stack.node()).name, stack.top().name);
        }
        assert!(tree.nodes().len() < 140);
    }
}
