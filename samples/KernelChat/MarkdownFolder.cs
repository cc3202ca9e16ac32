using Microsoft.SemanticKernel.Text;
using RagChat.Files;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.SemanticKernel;

namespace KernelChat;

/// <summary>The Markdown and text files of a folder, in chunks.</summary>
internal static class MarkdownFolder
{
    /// <summary>Less than what either model reads: the dense one takes 256 tokens.</summary>
    private const int TokensOfAChunk = 180;

    private const int TokensOfALine = 60;

    /// <summary>It goes before each chunk.</summary>
    private const int LongestTitle = 200;

    /// <param name="folder">The folder.</param>
    /// <param name="engine">Its tokenizer counts.</param>
    /// <param name="status">Where to say what was left out.</param>
    /// <exception cref="IOException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Nothing in it can be read.</exception>
    public static async Task<IEnumerable<HybridText>> ReadAsync(string folder, SpladeEngine engine, TextWriter status)
    {
        var tokenizer = new SpladeTokenizer(engine.Tokenizer);
        FolderContents found = await FolderReader.ReadAsync(folder);
        foreach (string left in found.Skipped.Select(s => PrintableText.Line($"{s.Path}: {s.Reason}")).Concat(found.Remarks))
        {
            status.WriteLine($"skipped {left}");
        }

        return found.Texts.SelectMany(Chunks);

        IEnumerable<HybridText> Chunks(FolderText file)
        {
            string title = file.Text.Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?.Trim('#', ' ') ?? file.Path;
            title = title.Length <= LongestTitle ? title : file.Path;
            var metadata = new Dictionary<string, MetadataValue> { ["title"] = title, ["source"] = file.Path };
            List<string> lines = TextChunker.SplitMarkDownLines(file.Text, TokensOfALine, Count);
            return TextChunker.SplitMarkdownParagraphs(lines, TokensOfAChunk, chunkHeader: $"{title}\n", tokenCounter: Count)
                .Where(chunk => PrintableText.HasWord(chunk.AsSpan(title.Length)))
                .Select((chunk, i) => new HybridText($"{file.Path}#{i + 1}", chunk, metadata));
        }

        int Count(string text) => tokenizer.CountTokens(text);
    }
}
