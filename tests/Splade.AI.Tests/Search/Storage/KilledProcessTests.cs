using System.Diagnostics;
using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>A process that writes is killed at random moments, again and again: what it had acknowledged is there, and nothing by halves.</summary>
public sealed class KilledProcessTests
{
    private const int RoundsOfFolder = 5;

    [Fact]
    public Task Open_StoreAfterKills_HasEveryAcknowledgedWrite() => KillAsync(isStore: true, rounds: 5);

    [SlowFact]
    public Task Open_AfterManyKills_HasEveryAcknowledgedWrite() => KillAsync(isStore: false, rounds: 200);

    [SlowFact]
    public Task Open_StoreAfterManyKills_HasEveryAcknowledgedWrite() => KillAsync(isStore: true, rounds: 200);

    [Fact]
    public Task Open_BackupsOfKilledProcesses_AreWholeOrRefused() => KillBackupsAsync(rounds: 2);

    [SlowFact]
    public Task Open_ManyBackupsOfKilledProcesses_AreWholeOrRefused() => KillBackupsAsync(rounds: 60);

    private static async Task KillBackupsAsync(int rounds)
    {
        var random = new Random(rounds);
        int whole = 0;
        for (int seed = 0; seed < rounds; seed++)
        {
            using var folder = new TemporaryFolder();
            using (Process process = TestProgram.Start("backups", folder.Path, $"{seed}"))
            {
                Assert.NotNull(await process.StandardOutput.ReadLineAsync());
                await Task.Delay(random.Next(100));
                process.Kill();
                await process.WaitForExitAsync();
            }

            var writes = new ScriptedWrites(seed);
            for (int done = 1; Directory.Exists(folder.PathOf(StorageProgram.BackupAfter(done))); done++)
            {
                try
                {
                    using IScriptedIndex sut = StorageProgram.Open(folder.PathOf(StorageProgram.BackupAfter(done)), isStore: false);
                    Assert.True(sut.Equals(writes.After(done)), $"seed {seed}: the backup after {done} writes holds something else");
                    whole++;
                }
                catch (SearchStorageException e)
                {
                    Assert.Contains("a copy that was not finished", e.Message, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(whole >= rounds, $"{whole} backups are whole");
    }

    private static async Task KillAsync(bool isStore, int rounds)
    {
        var random = new Random(rounds);
        int acknowledged = 0;
        for (int seed = 0; seed < rounds / RoundsOfFolder; seed++)
        {
            using var folder = new TemporaryFolder();
            int done = 0;
            for (int round = 0; round < RoundsOfFolder; round++)
            {
                int told = await WriteAndKillAsync(folder.Path, isStore, seed, done, random.Next(1, 400));
                acknowledged += told - done;
                done = RequireWrites(folder.Path, isStore, seed, told);
            }
        }

        // Else the test would have proven nothing.
        Assert.True(acknowledged > rounds, $"{acknowledged} writes were acknowledged in {rounds} rounds");
    }

    /// <returns>How many writes were acknowledged by all processes so far.</returns>
    private static async Task<int> WriteAndKillAsync(string folder, bool isStore, int seed, int first, int milliseconds)
    {
        using Process process = TestProgram.Start(isStore ? "store" : "write", folder, $"{seed}", $"{first}");
        Task<string> error = process.StandardError.ReadToEndAsync();
        int done = first;
        Task reading = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is string line)
            {
                // A line may be torn too.
                done = int.TryParse(line, out int step) && step == done ? done + 1 : done;
            }
        });
        while (done == first && !process.HasExited)
        {
            await Task.Delay(1);
        }

        await Task.Delay(milliseconds);
        Assert.False(process.HasExited, "The process ended by itself: " + (process.HasExited ? await error : ""));
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        return done;
    }

    /// <returns>How many writes are there: all that were acknowledged, and perhaps the one that was under way.</returns>
    private static int RequireWrites(string folder, bool isStore, int seed, int acknowledged)
    {
        var writes = new ScriptedWrites(seed);
        using IScriptedIndex sut = StorageProgram.Open(folder, isStore);
        InsertionOrderedModel<string, SparseVector> model = writes.After(acknowledged);
        int done = acknowledged;
        if (!sut.Equals(model))
        {
            writes.Do(acknowledged, model);
            done++;
            Assert.True(sut.Equals(model), $"seed {seed}: after {acknowledged} acknowledged writes the folder holds neither these nor one more");
        }

        return done;
    }
}
