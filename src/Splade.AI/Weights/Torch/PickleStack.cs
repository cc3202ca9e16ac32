using System.Runtime.InteropServices;

namespace Splade.AI.Weights.Torch;

/// <summary>The values that a pickle's instructions work on. A mark begins a part of its own: what lies below it cannot be taken.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    public bool IsEmpty => _values.Count == 0 && _marks.Count == 0;

    private int Bottom => _marks.TryPeek(out int mark) ? mark : 0;

    public void Push(object? value) => _values.Add(value);

    public void Mark() => _marks.Push(_values.Count);

    /// <exception cref="FormatException">There is none.</exception>
    public object? Peek()
    {
        Require(1);
        return _values[^1];
    }

    /// <exception cref="FormatException">There is none.</exception>
    public object? Pop()
    {
        object? value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>Takes values, in the order in which they came.</summary>
    /// <exception cref="FormatException">There are not so many.</exception>
    public object?[] Pop(int count)
    {
        Require(count);
        object?[] values = CollectionsMarshal.AsSpan(_values)[^count..].ToArray();
        CollectionsMarshal.SetCount(_values, _values.Count - count);
        return values;
    }

    /// <summary>Takes all values after the last mark, and the mark.</summary>
    /// <exception cref="FormatException">There is no mark.</exception>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw new FormatException("Its pickle asks for a mark, and there is none.");
        }

        object?[] values = Pop(_values.Count - _marks.Peek());
        _marks.Pop();
        return values;
    }

    private void Require(int count)
    {
        if (_values.Count - Bottom < count)
        {
            throw new FormatException("Its pickle takes a value from an empty stack.");
        }
    }
}
