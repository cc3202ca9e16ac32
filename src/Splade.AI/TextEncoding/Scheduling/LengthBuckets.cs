using System.Diagnostics;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>The queued texts of all calls by their length, and among equals by their age.</summary>
internal sealed class LengthBuckets<TVector>
{
    private const int InitialLengths = 64;

    private QueuedText<TVector>?[] _oldest = new QueuedText<TVector>?[InitialLengths];
    private QueuedText<TVector>?[] _newest = new QueuedText<TVector>?[InitialLengths];

    /// <summary>The longest text that may be there.</summary>
    public int LongestLength => _oldest.Length - 1;

    public QueuedText<TVector>? Oldest(int length) => _oldest[length];

    public void Add(QueuedText<TVector> text)
    {
        Debug.Assert(!text.IsQueued, "A text is queued once.");
        if (text.Length >= _oldest.Length)
        {
            Array.Resize(ref _oldest, Math.Max(text.Length + 1, _oldest.Length * 2));
            Array.Resize(ref _newest, _oldest.Length);
        }

        text.IsQueued = true;
        text.Previous = _newest[text.Length];
        if (text.Previous is null)
        {
            _oldest[text.Length] = text;
        }
        else
        {
            text.Previous.Next = text;
        }

        _newest[text.Length] = text;
    }

    public void Remove(QueuedText<TVector> text)
    {
        Debug.Assert(text.IsQueued, "Only a queued text is taken out.");
        if (text.Previous is null)
        {
            _oldest[text.Length] = text.Next;
        }
        else
        {
            text.Previous.Next = text.Next;
        }

        if (text.Next is null)
        {
            _newest[text.Length] = text.Previous;
        }
        else
        {
            text.Next.Previous = text.Previous;
        }

        text.IsQueued = false;
        text.Previous = text.Next = null;
    }
}
