using Splade.Cli;
using Splade.Cli.Terminal;

return await CommandRunner.RunAsync(SpladeCommandLine.Create(), args).ConfigureAwait(false);
