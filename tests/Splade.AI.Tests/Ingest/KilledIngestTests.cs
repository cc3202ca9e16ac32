using System.Diagnostics;
using Splade.AI.Hybrid;
using Splade.AI.Tests.Search.Storage;

namespace Splade.AI.Tests.Ingest;

/// <summary>A process that ingests is killed at random moments: nothing is lost, nothing is there twice, and little is encoded twice.</summary>
public sealed class KilledIngestTests
{
    [Fact]
    public Task Run_AfterKills_HasEachPassageOnce() => KillAsync(seed: 1, kills: 3);

    [SlowFact]
    public async Task Run_AfterManyKills_HasEachPassageOnce()
    {
        for (int seed = 2; seed < 12; seed++)
        {
            await KillAsync(seed, kills: 8);
        }
    }

    private static async Task KillAsync(int seed, int kills)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        int killed = 0;
        for (int exitCode = -1; exitCode != 0;)
        {
            using Process process = TestProgram.Start("ingest", folder.Path);
            Task<string> error = process.StandardError.ReadToEndAsync();
            Assert.Equal("begun", await process.StandardOutput.ReadLineAsync());
            if (killed < kills)
            {
                await Task.Delay(random.Next(20, 250));
                process.Kill();
                killed++;
                await process.WaitForExitAsync();
                continue;
            }

            await process.WaitForExitAsync();
            exitCode = process.ExitCode;
            Assert.True(exitCode == 0, await error);
        }

        using EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(folder.PathOf("store"), IngestProgram.Schema);
        int all = 0;
        for (int document = 0; document < IngestProgram.Documents; document++)
        {
            string[] passages = IngestProgram.PassagesOf(document);
            all += passages.Length;
            IEnumerable<string> ids = passages.Select((_, i) => $"{IngestProgram.NameOf(document)}#{i + 1}");
            Assert.Equal(passages, (await store.GetAsync(ids)).Select(record => record.Text));
        }

        Assert.Equal(all, await store.CountAsync());

        // The store's last written window may not have been told; the text that asks a model who it is, is one more each time.
        long encoded = new FileInfo(folder.PathOf("encoded")).Length;
        Assert.InRange(encoded, all, all + (kills * IngestProgram.OnTheWay) + kills + 1);
    }
}
