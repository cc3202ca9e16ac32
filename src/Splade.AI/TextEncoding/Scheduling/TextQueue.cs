namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>Tokenized texts of all calls that wait to be run: whose turn it is, and which texts go together.</summary>
/// <remarks>
/// Calls take turns: each batch begins with the oldest text of the call whose turn it is, and is filled with texts of like length from
/// any call. So a call waits for at most one batch of each other call, however many texts those have. Not safe for concurrent use: the
/// scheduler's lock guards it.
/// </remarks>
internal sealed class TextQueue<TVector>
{
    private readonly LinkedList<ScheduledCall<TVector>> _turns = new();
    private readonly LengthBuckets<TVector> _byLength = new();
    private readonly List<QueuedText<TVector>> _taken = [];

    /// <summary>How many texts wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many tokens they have.</summary>
    public long Tokens { get; private set; }

    public void Add(QueuedText<TVector> text)
    {
        ScheduledCall<TVector> call = text.Call;
        if (call.QueuedCount++ == 0)
        {
            _turns.AddLast(call.Turn);
        }

        call.Texts.Enqueue(text);
        _byLength.Add(text);
        Count++;
        Tokens += text.Length;
    }

    /// <summary>Takes the texts of the next batch out of a queue that is not empty.</summary>
    public QueuedText<TVector>[] Take(int tokenBudget)
    {
        ScheduledCall<TVector> call = _turns.First!.Value;
        _turns.RemoveFirst();
        _turns.AddLast(call.Turn);
        QueuedText<TVector> first = call.OldestText();
        Take(first);
        TakeAlike(first.Length, new BatchShape(first.Length, tokenBudget));
        QueuedText<TVector>[] texts = [.. _taken];
        _taken.Clear();
        return texts;
    }

    /// <summary>Takes out all texts of a call.</summary>
    public void Remove(ScheduledCall<TVector> call)
    {
        foreach (QueuedText<TVector> text in call.Texts)
        {
            if (text.IsQueued)
            {
                Unlink(text);
            }
        }

        call.Texts.Clear();
    }

    // From the first text's length outwards, the nearest first.
    private void TakeAlike(int length, BatchShape shape)
    {
        int below = length;
        int above = length + 1;
        while (true)
        {
            below = FindBelow(below, shape);
            above = FindAbove(above, shape);
            bool down = below > 0 && (above == int.MaxValue || length - below <= above - length);
            if (!down && above == int.MaxValue)
            {
                return;
            }

            int nearest = down ? below : above;
            shape.Add(nearest);
            Take(_byLength.Oldest(nearest)!);
        }
    }

    private int FindBelow(int length, BatchShape shape)
    {
        while (length > 0 && shape.Takes(length))
        {
            if (_byLength.Oldest(length) is not null)
            {
                return length;
            }

            length--;
        }

        return 0;
    }

    private int FindAbove(int length, BatchShape shape)
    {
        while (length <= _byLength.LongestLength && shape.Takes(length))
        {
            if (_byLength.Oldest(length) is not null)
            {
                return length;
            }

            length++;
        }

        return int.MaxValue;
    }

    private void Take(QueuedText<TVector> text)
    {
        Unlink(text);
        _taken.Add(text);
    }

    private void Unlink(QueuedText<TVector> text)
    {
        _byLength.Remove(text);
        Count--;
        Tokens -= text.Length;
        if (--text.Call.QueuedCount == 0)
        {
            _turns.Remove(text.Call.Turn);
        }
    }
}
