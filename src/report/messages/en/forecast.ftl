## Forecast and backtest
