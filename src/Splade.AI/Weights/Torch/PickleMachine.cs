using System.Buffers.Binary;
using System.Text;

namespace Splade.AI.Weights.Torch;

/// <summary>Follows the instructions of a pickle with values that stand for Python's. Nothing in it is ever run.</summary>
/// <remarks>
/// An instruction makes one value at most, and what it takes is noted before: all of it is no more than the file holds, and a little. None walks
/// through what lies inside a value, so that no depth matters.
/// </remarks>
internal ref struct PickleMachine
{
    private const int HighestProtocol = 5;

    /// <summary>The most that an instruction takes of memory besides a text, its share of growing lists included. A tensor has some thirty.</summary>
    private const int BytesOfInstruction = 128;

    private const int BytesOfEmptyText = 32;

    private static readonly object?[] EmptyTuple = [];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PickleStack _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly MemoryBudget _memory;
    private ByteReader _code;

    private PickleMachine(ReadOnlySpan<byte> pickle, MemoryBudget memory)
    {
        _code = new ByteReader(pickle);
        _memory = memory;
    }

    /// <summary>The value that a pickle describes.</summary>
    /// <param name="pickle">The pickle.</param>
    /// <param name="memory">What may be allocated for it.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It has what a dictionary of tensors does not need.</exception>
    public static object? Run(ReadOnlySpan<byte> pickle, MemoryBudget memory)
    {
        var machine = new PickleMachine(pickle, memory);
        for (PickleOpcode opcode = machine.Next(); opcode != PickleOpcode.Stop; opcode = machine.Next())
        {
            memory.Spend(BytesOfInstruction);
            machine.Step(opcode);
        }

        object? result = machine._stack.Pop();
        return machine._stack.IsEmpty && machine._code.Left == 0 ? result : throw new FormatException("Its pickle leaves something over.");
    }

    private PickleOpcode Next() => (PickleOpcode)_code.TakeByte();

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                RequireProtocol(_code.TakeByte());
                break;
            case PickleOpcode.Mark:
                _stack.Mark();
                break;
            case PickleOpcode.BinPut:
                _memo[_code.TakeByte()] = _stack.Peek();
                break;
            case PickleOpcode.LongBinPut:
                _memo[_code.TakeUInt32()] = _stack.Peek();
                break;
            case PickleOpcode.SetItem:
                SetItems(_stack.Pop(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(_stack.PopToMark());
                break;
            case PickleOpcode.Build:
                Build(_stack.Pop());
                break;
            default:
                _stack.Push(Make(opcode));
                break;
        }
    }

    /// <summary>The value that an instruction makes.</summary>
    private object? Make(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.None => null,
        PickleOpcode.NewTrue => true,
        PickleOpcode.NewFalse => false,
        PickleOpcode.BinInt => (long)_code.TakeInt32(),
        PickleOpcode.BinInt1 => (long)_code.TakeByte(),
        PickleOpcode.BinInt2 => (long)_code.TakeUInt16(),
        PickleOpcode.Long1 => TakeLong(),
        PickleOpcode.BinUnicode => TakeText(_code.Take(_code.TakeUInt32())),
        PickleOpcode.EmptyDict => new PickleDictionary(),
        PickleOpcode.EmptyTuple => EmptyTuple,
        PickleOpcode.Tuple1 => _stack.Pop(1),
        PickleOpcode.Tuple2 => _stack.Pop(2),
        PickleOpcode.Tuple3 => _stack.Pop(3),
        PickleOpcode.Tuple => _stack.PopToMark(),
        PickleOpcode.BinGet => Recall(_code.TakeByte()),
        PickleOpcode.LongBinGet => Recall(_code.TakeUInt32()),
        PickleOpcode.Global => PickleGlobals.Find(TakeText(_code.TakeLine()), TakeText(_code.TakeLine())),
        PickleOpcode.BinPersId => TorchStorage.Of(_stack.Pop()),
        PickleOpcode.Reduce => Reduce(_stack.Pop(), _stack.Pop()),
        _ => throw new NotSupportedException(
            $"The file's pickle has the instruction {RefusedOpcode.NameOf(opcode)} at byte {_code.Position - 1}, which tensors do not need: it may run "
            + "code when Python loads it, or describes something else. Do not use the file if you do not know its origin; take the model's safetensors "
            + "file, or save its state_dict alone."),
    };

    private static void RequireProtocol(byte protocol)
    {
        if (protocol > HighestProtocol)
        {
            throw new FormatException($"Its pickle is of protocol {protocol}, expected at most {HighestProtocol}.");
        }
    }

    private static object Reduce(object? arguments, object? function) => (function, arguments) is (PickleFunction known, object?[] given)
        ? known.Result(given) ?? throw new FormatException($"Its pickle gives {known.Name} other arguments than torch does.")
        : throw new FormatException("Its pickle calls what is no function.");

    private readonly void SetItems(object?[] items)
    {
        PickleDictionary dictionary = Dictionary();
        if (items.Length % 2 != 0)
        {
            throw new FormatException("Its pickle sets a key without a value.");
        }

        for (int i = 0; i < items.Length; i += 2)
        {
            dictionary.Add(items[i], items[i + 1]);
        }
    }

    // What comes with a dictionary of tensors are versions of modules, which say nothing of the tensors.
    private readonly void Build(object? state)
    {
        _ = Dictionary();
        _ = state as PickleDictionary ?? throw new FormatException("Its pickle gives a dictionary a state that is none.");
    }

    private readonly PickleDictionary Dictionary() =>
        _stack.Peek() as PickleDictionary ?? throw new FormatException("Its pickle changes what is no dictionary.");

    private readonly object? Recall(uint index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw new FormatException($"Its pickle asks for value {index}, which it has not kept.");

    private long TakeLong()
    {
        ReadOnlySpan<byte> number = _code.Take(_code.TakeByte());
        if (number.Length > sizeof(long))
        {
            throw new FormatException($"Its pickle has a number of {number.Length} bytes, expected at most {sizeof(long)}.");
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes.Fill(number is [.., >= 0x80] ? byte.MaxValue : byte.MinValue);
        number.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    private readonly string TakeText(ReadOnlySpan<byte> bytes)
    {
        _memory.Spend(BytesOfEmptyText + (sizeof(char) * (long)bytes.Length));
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("Its pickle has a text that is not UTF-8.", e);
        }
    }
}
