using System.Diagnostics;
using System.Globalization;
using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <content>A process that ingests is killed in the middle, and begun anew.</content>
public abstract partial class HybridStoreTests<TFixture>
{
    [StoreFact]
    public Task Ingest_KilledAndBegunAnew_HasEachPassageOnce() => KillIngestAsync(seed: 1, kills: 1);

    /// <summary>Kills a process that ingests at random moments: nothing is lost, nothing is there twice, and little is encoded twice.</summary>
    /// <param name="seed">Where the moments come from.</param>
    /// <param name="kills">How often it is killed, before one runs to its end.</param>
    protected async Task KillIngestAsync(int seed, int kills)
    {
        string suffix = $"k{seed}";
        if (!fixture.Persists)
        {
            // It ends with its process, which leaves nothing to go on with.
            Assert.Equal(IngestProgram.Passages.Count, (await IngestProgram.IngestAsync(await OpenAsync(IngestProgram.Schema, suffix))).Added);
            return;
        }

        string folder = Directory.CreateTempSubdirectory("splade-ingest-").FullName;
        try
        {
            long encoded = await IngestInProcessesAsync(_name + suffix, Path.Combine(folder, "done"), new Random(seed), kills);

            // What was on its way between the stages is encoded again, and the text that asks a model who it is.
            int all = IngestProgram.Passages.Count;
            Assert.InRange(encoded, all, all + (kills * IngestProgram.Window) + kills + 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        IHybridStore store = await OpenAsync(IngestProgram.Schema, suffix);
        List<HybridRecord> records = await ListAsync(store, new HybridListOptions { Parts = HybridRecordParts.Text });
        Assert.Equal(
            IngestProgram.Passages.OrderBy(passage => passage.Key, StringComparer.Ordinal),
            records.Select(record => KeyValuePair.Create(record.Id, record.Text)).OrderBy(passage => passage.Key, StringComparer.Ordinal));
        Assert.Equal(IngestProgram.Passages.Count, await store.CountAsync());
    }

    /// <summary>How many texts all the processes encoded.</summary>
    private async Task<long> IngestInProcessesAsync(string name, string checkpoint, Random random, int kills)
    {
        long encoded = 0;
        for (int killed = 0; ; killed++)
        {
            int left = killed < kills ? random.Next(IngestProgram.Passages.Count / (kills + 1)) : int.MaxValue;
            using Process process = IngestProgram.Start(typeof(TFixture), await fixture.LocateAsync(), name, checkpoint, left);
            Task<string> error = process.StandardError.ReadToEndAsync();
            bool isKilled = false;
            while (await process.StandardOutput.ReadLineAsync() is string line)
            {
                int count = int.Parse(line, CultureInfo.InvariantCulture);
                encoded += count;
                left -= count;
                if (left < 0)
                {
                    await Task.Delay(random.Next(20));
                    process.Kill();
                    isKilled = true;
                }
            }

            await process.WaitForExitAsync();
            if (!isKilled)
            {
                Assert.True(process.ExitCode == 0, await error);
                Assert.True(killed > 0);
                return encoded;
            }
        }
    }
}
