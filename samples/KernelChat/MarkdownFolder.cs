using Microsoft.SemanticKernel.Text;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.SemanticKernel;

namespace KernelChat;

/// <summary>The Markdown files of a folder, in chunks.</summary>
internal static class MarkdownFolder
{
    /// <summary>Less than what either model reads: the dense one takes 256 tokens.</summary>
    private const int TokensOfAChunk = 180;

    private const int TokensOfALine = 60;

    public static IEnumerable<HybridText> Read(string folder, SpladeEngine engine)
    {
        var tokenizer = new SpladeTokenizer(engine.Tokenizer);
        string[] files = Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories);
        if (files.Length == 0)
        {
            throw new FileNotFoundException($"'{folder}' has no Markdown files (*.md). Name another folder with --folder.");
        }

        return files.Order(StringComparer.Ordinal).SelectMany(file => Chunks(file, Path.GetRelativePath(folder, file)));

        IEnumerable<HybridText> Chunks(string file, string source)
        {
            string text = File.ReadAllText(file);
            string title = text.Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?.Trim('#', ' ', '\r') ?? source;
            var metadata = new Dictionary<string, MetadataValue> { ["title"] = title, ["source"] = source };
            List<string> lines = TextChunker.SplitMarkDownLines(text, TokensOfALine, Count);
            return TextChunker.SplitMarkdownParagraphs(lines, TokensOfAChunk, chunkHeader: $"{title}\n", tokenCounter: Count)
                .Select((chunk, i) => new HybridText($"{source}#{i + 1}", chunk, metadata));
        }

        int Count(string text) => tokenizer.CountTokens(text);
    }
}
