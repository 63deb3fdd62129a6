# SPDX-License-Identifier: MIT
"""Commands of gdb's for an application on Linnet: `linnet tasks`, and `linnet task NAME bt`.

What a task that does not run left on its stack is where its registers are. To show its calls they are
put into the CPU for as long as that takes, and the CPU's own come back before the command ends.
"""

import gdb

FILL = 0xA5  # kernel/src/stack_check.h
STATES = ("deleted", "ready", "suspended", "waits", "sleeps")
KERNEL_FOLDERS = ("kernel/", "ports/")
TASK_BEGIN = "rtos_port_task_begin"  # leads to a task's function when it runs first
TASK_END = "task_returned"  # where a task's function would return to
SIM_BEGIN = "task_entry"  # what calls it in the simulator
MOST_FRAMES = 64


def read_word(address):
    size = gdb.lookup_type("void").pointer().sizeof
    return int.from_bytes(gdb.selected_inferior().read_memory(address, size).tobytes(), "little")


def words(address, count):
    size = gdb.lookup_type("void").pointer().sizeof
    return [read_word(address + size * i) for i in range(count)]


def has_symbol(name):
    try:
        gdb.parse_and_eval("(unsigned long)&" + name)
        return True
    except gdb.error:
        return False


def function_at(address):
    """The name of the function that an address lies in, or ""."""
    text = gdb.execute("info symbol 0x%x" % address, to_string=True)
    return "" if text.startswith("No symbol") else text.split()[0]


# --- contexts ---------------------------------------------------------------------------------------
#
# Each returns the registers that a task resumes with, from where its stack pointer was left.


def cortex_m(at):
    """kernel's switch: r4-r11 and EXC_RETURN, s16-s31 if it used floating point, then the CPU's frame."""
    low = words(at, 9)
    registers = {"r%d" % (4 + i): low[i] for i in range(8)}
    floating = not low[8] & 0x10
    at += 36 + (64 if floating else 0)
    frame = words(at, 8)
    for i, name in enumerate(("r0", "r1", "r2", "r3", "r12", "lr", "pc")):
        registers[name] = frame[i]
    at += 104 if floating else 32
    registers["sp"] = at + (4 if frame[7] & 0x200 else 0)
    registers["pc"] &= ~1
    return registers


def riscv(at):
    """A call of the switch; below an interrupt the rest of the registers lies behind it."""
    frame = words(at, 14)
    names = ["ra"] + ["s%d" % i for i in range(12)]
    registers = dict(zip(names, frame))
    registers["sp"] = at + 64
    registers["pc"] = registers["ra"]
    if function_at(registers["pc"]) == TASK_BEGIN:
        registers["pc"] = registers["s0"]
        registers["ra"] = registers["s2"]
    elif function_at(registers["pc"]) == "leave":
        trap = words(registers["sp"], 17)
        registers["ra"] = trap[0]
        registers["pc"] = trap[16]
        registers["sp"] += 80
    return registers


def cortex_a(at):
    """The same on Arm: r3-r11 and lr, above them floating point if the task has it."""
    floating = read_word(at) != 0
    at += 8 + (72 if floating else 0)
    frame = words(at, 10)
    registers = {"r%d" % (3 + i): frame[i] for i in range(9)}
    registers["pc"] = frame[9]
    registers["sp"] = at + 40
    if function_at(registers["pc"]) == TASK_BEGIN:
        registers["pc"] = registers["r4"]
        registers["lr"] = registers["r6"]
    elif function_at(registers["pc"]) == "FreeRTOS_IRQ_Handler":
        at = read_word(registers["sp"] + (192 if floating else 0))
        rest = words(at, 7)
        for i, name in enumerate(("r0", "r1", "r2", "r3", "r12", "lr", "pc")):
            registers[name] = rest[i]
        registers["sp"] = at + 32
    registers["pc"] &= ~1
    return registers


def mips(at):
    """What an interrupt saved (ports/mips/src/frame.h): a task never stops otherwise."""
    names = (
        ["pc", "sr", "cause", "bad", "hi", "lo", "at", "v0", "v1", "a0", "a1", "a2", "a3"]
        + ["t%d" % i for i in range(10)]
        + ["s%d" % i for i in range(9)]
        + ["gp", "ra"]
    )
    frame = words(at, len(names))
    registers = {name: value for name, value in zip(names, frame) if name not in ("sr", "cause", "bad")}
    registers["sp"] = at + 4 * len(names)
    return registers


def x86_64(at):
    """The simulator's: what the ABI gives to the callee, and the return address."""
    frame = words(at, 9)
    registers = dict(zip(("r15", "r14", "r13", "r12", "rbx", "rbp", "rip"), frame[2:]))
    registers["rsp"] = at + 72
    return registers


def context_reader():
    """The reader for this image, or None if its CPU is not known here."""
    readers = (
        ("sim_switch", x86_64),
        ("FreeRTOS_IRQ_Handler", cortex_a),
        ("freertos_risc_v_trap_handler", riscv),
        ("rtos_mips_exception", mips),
        ("xPortPendSVHandler", cortex_m),
    )
    for symbol, reader in readers:
        if has_symbol(symbol):
            return reader
    return None


class Registers:
    """Puts registers into the CPU and takes them out again."""

    def __init__(self, values):
        self.values = values
        self.before = {}

    def put(self, values):
        # Each change may make gdb choose another frame; in an older one registers are the stack's.
        for name in sorted(values, key=lambda name: name in ("sp", "rsp", "pc", "rip")):
            gdb.invalidate_cached_frames()
            gdb.newest_frame().select()
            gdb.execute("set $%s = 0x%x" % (name, values[name]), to_string=True)
        gdb.invalidate_cached_frames()

    def __enter__(self):
        gdb.newest_frame().select()
        for name in self.values:
            value = gdb.parse_and_eval("(unsigned long)$" + name)
            self.before[name] = int(value)
        try:
            self.put(self.values)
        except gdb.error:
            self.put(self.before)
            raise

    def __exit__(self, *exception):
        self.put(self.before)


# --- tasks ------------------------------------------------------------------------------------------


class Task:
    def __init__(self, pointer):
        self.pointer = pointer
        self.tcb = pointer.dereference()
        self.name = self.tcb["name"].string()
        self.running = int(pointer) == int(kernel()["current"])

    def state(self):
        if self.running:
            return "running"
        state = int(self.tcb["state"])
        return STATES[state] if state < len(STATES) else "awaits notification"

    def registers(self):
        reader = context_reader()
        if reader is None:
            raise gdb.GdbError("this CPU's contexts are not known here: only the running task has calls")
        return reader(int(self.tcb["top_of_stack"]))

    def calls(self, show):
        """Calls show() while the CPU's registers are those of the task."""
        if self.running:
            gdb.newest_frame().select()
            return show()
        with Registers(self.registers()):
            return show()

    def stack(self):
        """(used at most, size) in bytes; the size is 0 if the kernel does not keep it."""
        begin = int(self.tcb["stack"])
        if not has_field(self.tcb, "stack_end"):
            return 0, 0
        size = int(self.tcb["stack_end"]) + self.tcb["stack_end"].type.target().sizeof - begin
        if size <= 0 or size > 1 << 24:
            return 0, 0
        memory = gdb.selected_inferior().read_memory(begin, size).tobytes()
        return len(memory.lstrip(bytes([FILL]))), size

    def place(self):
        """Where it stands: the newest call that is none of the kernel's, or the task's own function."""
        try:
            return self.calls(newest_outside_kernel)
        except (gdb.error, gdb.GdbError) as reason:
            return "? (%s)" % reason


def has_field(value, name):
    return any(field.name == name for field in value.type.fields())


def frames():
    """The calls, newest first, down to the function that the task runs."""
    end = None
    bits = 8 * gdb.lookup_type("void").pointer().sizeof
    mask = (1 << bits) - 2  # gdb extends addresses of MIPS by their sign
    if has_symbol(TASK_END):
        end = int(gdb.parse_and_eval("(unsigned long)&" + TASK_END)) & mask
    frame = newest = gdb.newest_frame()
    for _ in range(MOST_FRAMES):
        if frame is None or not frame.is_valid() or (frame.pc() & mask) == end:
            return
        if frame.name() == SIM_BEGIN and frame != newest:
            return
        yield frame
        frame = frame.older()


def newest_outside_kernel():
    place = ""
    for frame in frames():
        table = frame.find_sal().symtab
        if not table:
            continue
        place = describe(frame)
        if not any("/" + folder in "/" + table.filename for folder in KERNEL_FOLDERS):
            return place
    return place or describe(gdb.newest_frame())


def backtrace():
    text = gdb.execute("bt %d" % max(1, len(list(frames()))), to_string=True)
    return "".join(line for line in text.splitlines(True) if not line.startswith("(More stack"))


def describe(frame):
    place = frame.find_sal()
    name = frame.name() or "0x%x" % frame.pc()
    return "%s (%s:%d)" % (name, place.symtab.filename, place.line) if place.symtab else name


def kernel():
    try:
        return gdb.parse_and_eval("rtos_kernel")
    except gdb.error:
        raise gdb.GdbError("this program has no Linnet kernel, or no debug information of it")


def ring_of(first):
    """The tasks of a ring that is linked through `next`."""
    found, at = [], first
    while int(at) != 0 and int(at) not in [int(task) for task in found]:
        found.append(at)
        at = at.dereference()["next"]
    return found


def sleepers(node, task_type, offset):
    """The tasks in a tree of sleepers."""
    found = []
    pending = [int(node)]
    node_type = node.type
    while pending:
        address = pending.pop()
        if address == 0:
            continue
        found.append(gdb.Value(address - offset).cast(task_type.pointer()))
        here = gdb.Value(address).cast(node_type).dereference()
        pending += [int(here["left"]), int(here["right"])]
    return found


def all_tasks():
    """Every task; without the kernel's list of them, those that run, are ready, sleep or were deleted."""
    state = kernel()
    task_type = gdb.lookup_type("struct rtos_task")
    offsets = {field.name: field.bitpos // 8 for field in task_type.fields()}
    found = []
    if int(state["current"]) == 0:
        return []
    if has_field(state, "all"):
        first = at = int(state["all"])
        while at != 0:
            found.append(gdb.Value(at - offsets["all"]).cast(task_type.pointer()))
            at = int(gdb.Value(at).cast(state["all"].type).dereference()["next"])
            if at == first:
                break
    else:
        found.append(state["current"])
        low, high = state["ready"].type.range()
        for i in range(low, high + 1):
            found += ring_of(state["ready"][i])
        found += sleepers(state["delayed"]["first"], task_type, offsets["delay"])
    known = {}
    for pointer in found:
        known.setdefault(int(pointer), Task(pointer))
    return list(known.values())


# --- commands ---------------------------------------------------------------------------------------


class Linnet(gdb.Command):
    """Show the tasks of an application on Linnet.
linnet tasks           each task: state, priority, stack, and where it stands
linnet task NAME bt    the calls of a task, running or not"""

    def __init__(self):
        super().__init__("linnet", gdb.COMMAND_STATUS, gdb.COMPLETE_NONE, True)


class Tasks(gdb.Command):
    """Each task: state, priority, bytes of stack used at most and given, and where it stands."""

    def __init__(self):
        super().__init__("linnet tasks", gdb.COMMAND_STATUS, gdb.COMPLETE_NONE)

    def invoke(self, argument, from_tty):
        tasks = all_tasks()
        if not tasks:
            print("There is no task yet: the scheduler has not been started.")
            return
        print("%-16s %-20s %8s %15s  %s" % ("TASK", "STATE", "PRIORITY", "STACK", "WHERE"))
        for task in tasks:
            used, size = task.stack()
            stack = "%d of %d" % (used, size) if size else "-"
            print("%-16s %-20s %8d %15s  %s"
                  % (task.name, task.state(), int(task.tcb["priority"]), stack, task.place()))


class OneTask(gdb.Command):
    """linnet task NAME bt: the calls of a task, running or not."""

    def __init__(self):
        super().__init__("linnet task", gdb.COMMAND_STACK)

    def complete(self, text, word):
        return [task.name for task in all_tasks() if task.name.startswith(word)]

    def invoke(self, argument, from_tty):
        name, _, command = argument.strip().rpartition(" ")
        if command != "bt" or not name.strip():
            raise gdb.GdbError("linnet task NAME bt: which task? `linnet tasks` shows them")
        name = name.strip().strip("\"'")
        for task in all_tasks():
            if task.name == name:
                print(task.calls(backtrace), end="")
                return
        raise gdb.GdbError("there is no task `%s`: `linnet tasks` shows them" % name)


Linnet()
Tasks()
OneTask()
