namespace Splade.SemanticKernel.Tests.TestData;

/// <summary>A folder with one page of the sample's handbook, for tests to which the others are only more of the same; deleted at the end of the test.</summary>
internal sealed class HandbookPage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HandbookPage(string name) => _folder.Write(name, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Corpus", name)));

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
