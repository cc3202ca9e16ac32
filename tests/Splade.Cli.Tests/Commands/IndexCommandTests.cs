using System.Text.Json;

namespace Splade.Cli.Tests.Commands;

/// <summary>`splade index` and `splade search`: a folder or lines into a store, and questions to it.</summary>
public sealed class IndexCommandTests : IDisposable
{
    private static readonly string Corpus = Path.Combine(Repository.Root, "samples", "RagChat", "Corpus");

    private readonly TemporaryFolder _folder = new();

    private string Store => $"embedded:{_folder.PathOf("store")}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Index_FolderTwice_EncodesOnceAndIsSearched()
    {
        string[] index = ["index", Corpus, "--store", Store, "--model", "bm25", "--json"];
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(index);
        Assert.Equal((0, ""), (exitCode, error));
        JsonElement first = JsonDocument.Parse(output).RootElement;
        Assert.Equal(26, first.GetProperty("documents").GetInt32());
        int added = first.GetProperty("added").GetInt32();
        Assert.InRange(added, 80, 1000);
        (_, output, _) = await SpladeCommand.RunAsync(index);
        Assert.Equal((0, added), (JsonDocument.Parse(output).RootElement.GetProperty("added").GetInt32(), JsonDocument.Parse(output).RootElement.GetProperty("unchanged").GetInt32()));

        (exitCode, output, error) = await SpladeCommand.RunAsync("search", "What does the code E4 mean?", "--store", Store, "--model", "bm25", "--top", "3");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("error-codes.md#", output, StringComparison.Ordinal);
        Assert.Contains("by the bm25 score alone", output, StringComparison.Ordinal);
        (_, output, _) = await SpladeCommand.RunAsync(
            "search", "refund", "--store", Store, "--model", "bm25", "--json", "--filter", """{"field":"document","eq":"gift-cards.md"}""");
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal("gift-cards.md", JsonDocument.Parse(line).RootElement.GetProperty("metadata").GetProperty("document").GetString());
        }
    }

    [Fact]
    public async Task Index_LinesThatChange_FollowsThem()
    {
        string file = _folder.PathOf("lines.jsonl");
        string[] index = ["index", file, "--store", Store, "--model", "bm25", "--remove-missing", "--checkpoint", _folder.PathOf("done")];
        await File.WriteAllTextAsync(file, "{\"id\":\"a\",\"text\":\"red planet\"}\n{\"_id\":7,\"text\":\"blue moon\"}\n");
        (int exitCode, string output, _) = await SpladeCommand.RunAsync(index);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("2 documents: 2 passages added, 0 unchanged, 0 removed", output);
        await File.WriteAllTextAsync(file, "{\"id\":\"a\",\"text\":\"green planet\"}\n");
        (_, output, _) = await SpladeCommand.RunAsync(index);
        Assert.StartsWith("1 documents: 1 passages added, 0 unchanged, 1 removed", output);
        (_, output, _) = await SpladeCommand.RunAsync("search", "planet moon", "--store", Store, "--model", "bm25");
        Assert.Contains("green planet", output, StringComparison.Ordinal);
        Assert.DoesNotContain("blue", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_LinesWithoutAnId_AreNamedByTheirNumbers()
    {
        string file = _folder.PathOf("lines.jsonl");
        await File.WriteAllTextAsync(file, "{\"id\":null,\"text\":\"red planet\"}\nblue moon\n{\"id\":3.5,\"text\":\"green sea\"}\n");
        Assert.Equal(0, (await SpladeCommand.RunAsync("index", file, "--store", Store, "--model", "bm25")).ExitCode);
        (_, string output, _) = await SpladeCommand.RunAsync("search", "red blue green", "--store", Store, "--model", "bm25");
        Assert.All(new[] { "  1#1  ", "  2#1  ", "  3.5#1  " }, id => Assert.Contains(id, output, StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, "{\"id\":{},\"text\":\"red planet\"}\n");
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("index", file, "--store", Store, "--model", "bm25");
        Assert.Equal(1, exitCode);
        Assert.Contains("Line 1 of the input: \"id\" is Object, expected a string or a number", error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "{\"id\":\"\\ud83c\",\"text\":\"red planet\"}\n");
        (exitCode, _, error) = await SpladeCommand.RunAsync("index", file, "--store", Store, "--model", "bm25");
        Assert.Equal(1, exitCode);
        Assert.Contains("Line 1 of the input: \"id\" has half of a surrogate pair", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_LinesWithMetadata_AreFilteredByIt()
    {
        string file = _folder.PathOf("lines.jsonl");
        await File.WriteAllTextAsync(
            file, """{"id":"a","text":"red planet","metadata":{"year":2003,"tags":["x"]}}""" + "\n" + """{"id":"b","text":"red sea","metadata":{"year":2020}}""" + "\n");
        string[] store = ["--store", Store, "--model", "bm25"];
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(["index", file, .. store, "--index", "year:number", "--index", "tags"]);
        Assert.True(exitCode == 0, error);
        (_, output, error) = await SpladeCommand.RunAsync(["search", "red", .. store, "--json", "--filter", """{"field":"year","lt":2010}"""]);
        JsonElement hit = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("a#1", 2003), (hit.GetProperty("id").GetString(), hit.GetProperty("metadata").GetProperty("year").GetInt32()));
        await File.WriteAllTextAsync(file, """{"id":"a","text":"red planet","metadata":{"year":null}}""");
        (exitCode, _, error) = await SpladeCommand.RunAsync(["index", file, .. store]);
        Assert.Equal(1, exitCode);
        Assert.Contains("Line 1 of the input: \"metadata\" is wrong: The metadata 'year' is null.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_StoreThatIsNotThere_IsSaidBeforeModelsAreLoaded()
    {
        string[] model = ["--model", _folder.PathOf("no-model")];
        (int exitCode, _, string error) = await SpladeCommand.RunAsync(["index", Corpus, "--store", "qdrant:http://localhost:1/texts", .. model]);
        Assert.Equal(1, exitCode);
        Assert.Contains("The store qdrant:http://localhost:1/texts cannot be used", error, StringComparison.Ordinal);
        (exitCode, _, error) = await SpladeCommand.RunAsync(["search", "x", "--store", "postgres://me:secret@127.0.0.1:1/texts/t", .. model]);
        Assert.Equal(1, exitCode);
        Assert.Contains("The store postgres://...@127.0.0.1:1/texts/t cannot be used", error, StringComparison.Ordinal);
        (_, _, error) = await SpladeCommand.RunAsync(["search", "x", "--store", "redis:x", .. model]);
        Assert.Contains("--store is 'redis:x', expected embedded:FOLDER", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--store 's3:x' is none", "s3:x", "--store is 's3:x', expected embedded:FOLDER")]
    [InlineData("no place", "embedded:", "expected embedded:FOLDER")]
    [InlineData("no collection", "qdrant:http://localhost:1", "expected embedded:FOLDER, qdrant:")]
    [InlineData("no table", "postgres://me@localhost/texts", "or postgres://")]
    [InlineData("no table, a password", "postgres://me:secret@localhost/texts", "'postgres://...@localhost/texts'")]
    [InlineData("a slash in the password", "postgres://me:s/secret@localhost/texts", "'postgres://...@localhost/texts'")]
    [InlineData("an at in the password", "postgres://me:p@secret@localhost/texts", "'postgres://...@localhost/texts'")]
    [InlineData("no slashes", "postgres:me:secret@localhost/texts/t", "'postgres:...@localhost/texts/t'")]
    [InlineData("a key in the query", "qdrant:http://localhost/a/b?api-key=secret", "'qdrant:http://localhost/a/b?...'")]
    [InlineData("settings that nobody reads", "postgres://me@localhost:1/texts/t?timeout=5", "only PostgreSQL's sslmode is read")]
    [InlineData("a mode that there is not", "postgres://me@localhost:1/texts/t?sslmode=full", "only PostgreSQL's sslmode is read")]
    [InlineData("a mode of another store", "qdrant:http://localhost:1/texts?sslmode=require", "only PostgreSQL's sslmode is read")]
    [InlineData("nobody there", "qdrant:http://localhost:1/texts", "localhost:1")]
    public async Task Index_StoreThatIsNone_SaysWhatIs(string name, string store, string words)
    {
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("index", Corpus, "--store", store, "--model", "bm25");
        Assert.True(exitCode == 1, name);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_OtherLegsThanTheStoreHas_IsRefusedByName()
    {
        await File.WriteAllTextAsync(_folder.PathOf("a.txt"), "red planet\n");
        await SpladeCommand.RunAsync("index", _folder.PathOf("a.txt"), "--store", Store, "--model", "bm25");
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("search", "a", "--store", Store, "--model", Path.Combine(Repository.Models, "splade-tiny"));
        Assert.Equal(1, exitCode);
        Assert.Contains("'bm25'", error, StringComparison.Ordinal);
        (exitCode, _, error) = await SpladeCommand.RunAsync("search", "a", "--store", Store);
        Assert.Equal(2, exitCode);
        Assert.Contains("There is nothing to search by", error, StringComparison.Ordinal);
        (exitCode, _, error) = await SpladeCommand.RunAsync("search", "a", "--store", Store, "--model", "bm25", "--filter", "{");
        Assert.Equal(1, exitCode);
        Assert.Contains("--filter is no filter", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_RemoveMissingWithAFileThatCannotBeRead_TakesNothingOut()
    {
        string notes = _folder.PathOf("notes");
        Directory.CreateDirectory(notes);
        await File.WriteAllTextAsync(Path.Combine(notes, "a.txt"), "red planet");
        await File.WriteAllTextAsync(Path.Combine(notes, "b.txt"), "blue moon");
        string[] index = ["index", notes, "--store", Store, "--model", "bm25", "--remove-missing"];
        Assert.Equal(0, (await SpladeCommand.RunAsync(index)).ExitCode);
        await File.WriteAllBytesAsync(Path.Combine(notes, "a.txt"), [0xFF, 0xFE, 0xFF]);
        (int exitCode, _, string error) = await SpladeCommand.RunAsync(index);
        Assert.Equal(1, exitCode);
        Assert.Contains("a.txt: passed over", error, StringComparison.Ordinal);
        Assert.Contains("nothing was taken out", error, StringComparison.Ordinal);
        (_, string output, _) = await SpladeCommand.RunAsync("search", "red green blue", "--store", Store, "--model", "bm25");
        Assert.All(new[] { "red planet", "blue moon" }, text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Index_NamesWithABackslash_StayApart()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string notes = _folder.PathOf("notes");
        Directory.CreateDirectory(Path.Combine(notes, "a"));
        await File.WriteAllTextAsync(Path.Combine(notes, "a", "b.txt"), "red planet");
        await File.WriteAllTextAsync(Path.Combine(notes, "a\\b.txt"), "blue moon");
        (_, string output, _) = await SpladeCommand.RunAsync("index", notes, "--store", Store, "--model", "bm25");
        Assert.StartsWith("2 documents: 2 passages added, 0 unchanged, 0 removed", output);
        (_, output, _) = await SpladeCommand.RunAsync("search", "red blue", "--store", Store, "--model", "bm25");
        Assert.Contains("red planet", output, StringComparison.Ordinal);
        Assert.Contains("blue moon", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ModeWithoutALeg_IsRefusedInWords()
    {
        await File.WriteAllTextAsync(_folder.PathOf("a.txt"), "red planet\n");
        await SpladeCommand.RunAsync("index", _folder.PathOf("a.txt"), "--store", Store, "--model", "bm25");
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("search", "a", "--store", Store, "--model", "bm25", "--mode", "dense");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("splade: Found the mode Dense", error);
    }
}
