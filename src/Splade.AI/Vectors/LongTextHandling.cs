namespace Splade.AI;

/// <summary>Specifies what becomes of a text that has more tokens than are read at once. Any other is encoded the same way with all of them.</summary>
/// <remarks>
/// <para>
/// A sliding window reads a text in parts: its tokens are cut into windows, none longer than <see cref="SpladeEncodingOptions.MaxTokens"/>
/// with the model's special tokens and the prompt's around it. Neighbouring windows share
/// <see cref="SpladeEncodingOptions.WindowOverlap"/> tokens or more, so that what stands at the end of one has its neighbours in the next.
/// There are about as few windows as can be, of like length, so that the last one is no small rest. They begin and end with words where
/// white space tells words apart. Every token is in at least one of them.
/// </para>
/// <para>
/// The text's vector is the element-wise maximum of those of its windows, which is how SPLADE pools tokens as well ("SPLADE v2",
/// arXiv 2109.10086, max pooling). It is the same for a model that adds up tokens (<see cref="ModelFiles.PoolingStrategy.Sum"/>): the sums
/// of windows are not added up, or a long text would outweigh any short one.
/// </para>
/// <para>
/// Windows wait in the engine's queue as texts do, so that other callers have their turns between them, and their vectors are merged as
/// they come: beside the result, a text takes memory for itself and its tokens.
/// </para>
/// <para>Queries that are looked up in a table have no windows: with a sliding window they are read whole, and are one passage.</para>
/// </remarks>
public enum LongTextHandling
{
    /// <summary>The end of the text is not read, and <see cref="SpladeEncoding.Truncated"/> says so. The default, as in Sentence Transformers.</summary>
    Truncate,

    /// <summary>The call fails with a <see cref="TextTooLongException"/> before any of its texts is encoded.</summary>
    Throw,

    /// <summary>The whole text is read through a sliding window; its vector is the element-wise maximum of those of the windows.</summary>
    SlidingWindowMax,

    /// <summary>The same, and <see cref="SpladeEncoding.Passages"/> has the vector and the range of each window.</summary>
    SlidingWindowPassages,
}
