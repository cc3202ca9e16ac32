using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>A text that is read through a sliding window: puts the vectors of its windows together as they come, in any order.</summary>
/// <param name="windows">The windows; not looked at later.</param>
/// <param name="merge">The element-wise maximum of two vectors.</param>
/// <param name="request">Whether the vectors of the windows are wanted too, and the tokens.</param>
internal sealed class WindowedText<TVector>(TextWindows windows, Func<TVector, TVector, TVector> merge, EncodingRequest request)
{
    private readonly Lock _lock = new();
    private readonly int _tokenCount = windows.TokenCount;
    private readonly int[] _textIds = request.KeepsTextIds ? windows.TextIds() : [];
    private readonly TokenOffset[] _spans = request.WantsPassages ? [.. Enumerable.Range(0, windows.Count).Select(windows.Span)] : [];
    private readonly TokenWindow[] _ranges = request.WantsPassages && request.KeepsTextIds ? [.. windows.All] : [];
    private readonly EncodedPassage<TVector>[] _passages = new EncodedPassage<TVector>[request.WantsPassages ? windows.Count : 0];
    private (bool IsThere, TVector? Vector) _merged;
    private int _left = windows.Count;

    /// <summary>Keeps the vector of a window. Safe for concurrent use; a second time changes nothing.</summary>
    public void Store(int window, TVector vector, int tokenCount)
    {
        lock (_lock)
        {
            _merged = (true, _merged.IsThere ? merge(_merged.Vector!, vector) : vector);
            if (_passages.Length > 0)
            {
                _passages[window] = new EncodedPassage<TVector>(_spans[window], vector, tokenCount)
                {
                    TextIds = _ranges.Length > 0 ? _textIds[_ranges[window].Start.._ranges[window].End] : [],
                };
            }
        }
    }

    /// <summary>Counts a window whose vector was kept; true if it was the last. The scheduler's lock guards it.</summary>
    public bool CountWindow() => --_left == 0;

    /// <summary>What became of the text, once all windows have been counted.</summary>
    public EncodedText<TVector> ToResult() => new(_merged.Vector!, _tokenCount, Truncated: false) { TextIds = _textIds, Passages = _passages };
}
