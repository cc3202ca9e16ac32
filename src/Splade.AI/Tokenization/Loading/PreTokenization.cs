using Splade.AI.Tokenization.PreTokenizers;

namespace Splade.AI.Tokenization.Loading;

/// <summary>What the <c>pre_tokenizer</c> of a <c>tokenizer.json</c> says.</summary>
internal sealed class PreTokenization
{
    private bool _hasMarker;

    /// <summary>What is done, in this order.</summary>
    public List<PreTokenizer> Steps { get; } = [];

    /// <summary>Whether the model gets the words as bytes.</summary>
    public bool IsByteLevel { get; set; }

    /// <summary>Whether it is <c>BertPreTokenizer</c> and nothing else.</summary>
    public bool IsBert { get; init; }

    /// <summary>Adds a step that writes into the working memory, of which there is one for this.</summary>
    public void AddMarker(SpaceMarker marker, string path)
    {
        if (_hasMarker)
        {
            throw new SpladeModelException(
                "Found several pre_tokenizers that mark spaces, expected one Metaspace, or one ByteLevel with add_prefix_space. "
                + "Remove one.",
                path);
        }

        _hasMarker = true;
        Steps.Add(marker);
    }
}
