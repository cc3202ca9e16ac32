using Splade.AI.OnnxGraph;

namespace Splade.AI.Onnx;

/// <summary>What a session is opened on: a file as it is, or what it was rewritten to in memory.</summary>
/// <param name="Path">The file. Its external data, if any, lies beside it.</param>
/// <param name="Rewritten">What runs instead of it; null for the file itself.</param>
internal sealed record OnnxSource(string Path, RewrittenModel? Rewritten = null)
{
    /// <summary>Looks up which files a session reads: the model's own, and those of its external data.</summary>
    public IReadOnlyList<string> FindFiles()
    {
        if (Rewritten is not null)
        {
            return Rewritten.Files;
        }

        try
        {
            using OnnxFile file = OnnxFile.Open(Path);
            return file.FindFiles();
        }
        catch (SpladeModelException)
        {
            // ONNX Runtime says what is wrong with it when it is opened, if anything is.
            return [Path];
        }
    }
}
