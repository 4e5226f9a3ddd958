package io.keywane.usage.mutation;

import io.keywane.usage.mutation.Mutation.Change;
import io.keywane.usage.mutation.Mutation.Kind;
import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.lang.constant.ConstantDescs.CD_void;

/** Lists and makes the mutants of one class. */
final class Mutator {
    private static final ClassDesc FUEL = ClassDesc.of(Fuel.class.getName());
    private static final Map<Opcode, Opcode> NEGATED = Map.ofEntries(Map.entry(Opcode.IFEQ, Opcode.IFNE),
            Map.entry(Opcode.IFNE, Opcode.IFEQ), Map.entry(Opcode.IFLT, Opcode.IFGE),
            Map.entry(Opcode.IFGE, Opcode.IFLT), Map.entry(Opcode.IFGT, Opcode.IFLE),
            Map.entry(Opcode.IFLE, Opcode.IFGT), Map.entry(Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE),
            Map.entry(Opcode.IF_ICMPNE, Opcode.IF_ICMPEQ), Map.entry(Opcode.IF_ICMPLT, Opcode.IF_ICMPGE),
            Map.entry(Opcode.IF_ICMPGE, Opcode.IF_ICMPLT), Map.entry(Opcode.IF_ICMPGT, Opcode.IF_ICMPLE),
            Map.entry(Opcode.IF_ICMPLE, Opcode.IF_ICMPGT), Map.entry(Opcode.IF_ACMPEQ, Opcode.IF_ACMPNE),
            Map.entry(Opcode.IF_ACMPNE, Opcode.IF_ACMPEQ), Map.entry(Opcode.IFNULL, Opcode.IFNONNULL),
            Map.entry(Opcode.IFNONNULL, Opcode.IFNULL));
    /** The same comparison with the bound on the other side. */
    private static final Map<Opcode, Opcode> BOUNDARY = Map.of(Opcode.IFLT, Opcode.IFLE, Opcode.IFLE, Opcode.IFLT,
            Opcode.IFGT, Opcode.IFGE, Opcode.IFGE, Opcode.IFGT, Opcode.IF_ICMPLT, Opcode.IF_ICMPLE, Opcode.IF_ICMPLE,
            Opcode.IF_ICMPLT, Opcode.IF_ICMPGT, Opcode.IF_ICMPGE, Opcode.IF_ICMPGE, Opcode.IF_ICMPGT);
    private static final Map<Opcode, Opcode> OPERATORS = Map.ofEntries(Map.entry(Opcode.IADD, Opcode.ISUB),
            Map.entry(Opcode.ISUB, Opcode.IADD), Map.entry(Opcode.LADD, Opcode.LSUB),
            Map.entry(Opcode.LSUB, Opcode.LADD), Map.entry(Opcode.IMUL, Opcode.IADD),
            Map.entry(Opcode.LMUL, Opcode.LADD), Map.entry(Opcode.IDIV, Opcode.IMUL),
            Map.entry(Opcode.LDIV, Opcode.LMUL), Map.entry(Opcode.IREM, Opcode.ISUB),
            Map.entry(Opcode.LREM, Opcode.LSUB), Map.entry(Opcode.IAND, Opcode.IOR),
            Map.entry(Opcode.IOR, Opcode.IAND), Map.entry(Opcode.LAND, Opcode.LOR),
            Map.entry(Opcode.LOR, Opcode.LAND));
    private static final Map<String, String> CALLS = Map.of("max", "min", "min", "max", "floor", "ceil", "ceil",
            "floor",
            "plus", "minus", "minus", "plus");
    private static final Set<String> OWNERS = Set.of("java/lang/Math", "java/time/Duration", "io/keywane/usage/Millis");

    private final ClassModel model;
    private final String owner;

    Mutator(byte[] compiled) {
        model = ClassFile.of().parse(compiled);
        String name = model.thisClass().asInternalName();
        owner = name.substring(name.lastIndexOf('/') + 1);
    }

    /** All mutations of the class, but for those of what it prints. */
    List<Mutation> mutations() {
        List<Mutation> found = new ArrayList<>();
        for (MethodModel method : model.methods()) {
            if (!method.methodName().equalsString("toString")) {
                found.addAll(mutations(method));
            }
        }
        return found;
    }

    private List<Mutation> mutations(MethodModel method) {
        List<Mutation> found = new ArrayList<>();
        Map<Change, Integer> seen = new HashMap<>();
        int line = 0;
        int place = 0;
        for (CodeElement element : method.code().map(code -> code.elementList()).orElse(List.of())) {
            line = element instanceof LineNumber number ? number.line() : line;
            if (!(element instanceof Instruction instruction)) {
                continue;
            }
            for (Change change : changes(instruction)) {
                found.add(new Mutation(owner, name(method), place, line, change, seen.merge(change, 1, Integer::sum)));
            }
            place++;
        }
        return found;
    }

    private static String name(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static List<Change> changes(Instruction instruction) {
        List<Change> changes = new ArrayList<>();
        String before = instruction.opcode().name();
        add(changes, Kind.COMPARISON, before, NEGATED.get(instruction.opcode()));
        add(changes, Kind.COMPARISON, before, BOUNDARY.get(instruction.opcode()));
        add(changes, Kind.ARITHMETIC, before, OPERATORS.get(instruction.opcode()));
        switch (instruction) {
            case IncrementInstruction _ -> changes.add(new Change(Kind.ARITHMETIC, "+=", "-="));
            case InvokeInstruction call when isMutable(call) -> changes.add(new Change(Kind.ARITHMETIC,
                    call.name().stringValue(), CALLS.getOrDefault(call.name().stringValue(), "")));
            default -> {
            }
        }
        return changes;
    }

    private static void add(List<Change> changes, Kind kind, String before, @Nullable Opcode after) {
        if (after != null) {
            changes.add(new Change(kind, before, after.name()));
        }
    }

    private static boolean isMutable(InvokeInstruction call) {
        return CALLS.containsKey(call.name().stringValue()) && OWNERS.contains(call.owner().asInternalName())
                && !call.type().stringValue().contains("TemporalUnit");
    }

    /** The class with one mutation, or none; all its loops burn {@link Fuel}. */
    byte[] compiled(@Nullable Mutation mutation) {
        return ClassFile.of().transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method) {
                boolean isIt = mutation != null && name(method).equals(mutation.method());
                builder.transformMethod(method, MethodTransform
                        .transformingCode(CodeTransform.ofStateful(() -> new Rewrite(isIt ? mutation : null))));
                return;
            }
            builder.with(element);
        });
    }

    private static final class Rewrite implements CodeTransform {
        private final @Nullable Mutation mutation;
        private final Set<Label> passed = new HashSet<>();
        private int place;

        Rewrite(@Nullable Mutation mutation) {
            this.mutation = mutation;
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (element instanceof LabelTarget target) {
                passed.add(target.label());
            }
            if (!(element instanceof Instruction instruction)) {
                builder.with(element);
                return;
            }
            if (instruction instanceof BranchInstruction branch && passed.contains(branch.target())) {
                builder.invokestatic(FUEL, "burn", MethodTypeDesc.of(CD_void));
            }
            if (mutation != null && mutation.place() == place) {
                replace(builder, instruction, mutation.change());
            } else {
                builder.with(instruction);
            }
            place++;
        }

        private static void replace(CodeBuilder builder, Instruction instruction, Change change) {
            switch (instruction) {
                case BranchInstruction branch -> builder.branch(Opcode.valueOf(change.after()), branch.target());
                case IncrementInstruction increment -> builder.iinc(increment.slot(), -increment.constant());
                case InvokeInstruction call -> builder.invoke(call.opcode(), call.owner().asSymbol(), change.after(),
                        call.typeSymbol(), call.isInterface());
                case OperatorInstruction _ -> builder.with(OperatorInstruction.of(Opcode.valueOf(change.after())));
                default -> throw new IllegalStateException("cannot mutate " + instruction);
            }
        }
    }
}
